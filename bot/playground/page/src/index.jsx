import { createRoot } from "react-dom/client";
import "slack-blocks-to-jsx/dist/style.css";
import "./styles/emoji.css";
import "./styles/base.css";
import "./styles/top-bar.css";
import "./styles/sidebar.css";
import "./styles/panes.css";
import "./styles/message.css";
import "./styles/composer.css";
import "./styles/drawn.css";
import "./styles/blocks.css";
import "./styles/elements.css";
import "./styles/lists.css";
import "./styles/overlay.css";
import { App } from "./App.jsx";

createRoot(document.getElementById("page")).render(<App />);
