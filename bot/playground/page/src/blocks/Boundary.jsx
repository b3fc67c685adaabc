import { Component } from "react";

/** Keeps a block that cannot be drawn from taking the page with it. */
export class Boundary extends Component {
  state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  render() {
    if (!this.state.failed) return this.props.children;
    return <p className="unknown">A block of the kind {this.props.kind} could not be drawn.</p>;
  }
}
