export const MAIN = "main";

/** The first stop of the keyboard: past the bar and the sidebar. The address stays as it is. */
export function SkipLink() {
  const skip = (event) => {
    event.preventDefault();
    document.getElementById(MAIN)?.focus();
  };
  return (
    <a className="skip-link" href={`#${MAIN}`} onClick={skip}>
      Skip to the conversation
    </a>
  );
}
