import { createContext, useCallback, useContext, useRef, useState } from "react";
import { RichText } from "../blocks/RichText.jsx";
import { plain } from "../text/plain.js";
import { useEscape } from "./useEscape.js";
import { keepInside, useFocus } from "./useFocus.js";

const Asking = createContext(() => Promise.resolve(true));

/** A function that asks "are you sure?" as a confirm object words it, and tells the answer. */
export function useConfirm() {
  return useContext(Asking);
}

export function ConfirmProvider({ children }) {
  const [asked, setAsked] = useState(null);
  const ask = useCallback((confirm) => {
    if (!confirm) return Promise.resolve(true);
    return new Promise((resolve) => setAsked({ confirm, resolve }));
  }, []);
  const answer = (sure) => {
    asked.resolve(sure);
    setAsked(null);
  };
  return (
    <Asking.Provider value={ask}>
      {children}
      {asked && <Confirm {...asked} answer={answer} />}
    </Asking.Provider>
  );
}

function Confirm({ confirm, answer }) {
  const box = useRef(null);
  useFocus(box, ".button");
  useEscape(true, () => answer(false));
  return (
    <div className="veil veil--front">
      <div
        ref={box}
        className="dialog dialog--small"
        role="alertdialog"
        aria-modal="true"
        aria-label={plain(confirm.title)}
        onKeyDown={keepInside}
      >
        <header className="dialog__head">
          <h2>{plain(confirm.title)}</h2>
        </header>
        <div className="dialog__body">
          <RichText object={confirm.text} />
        </div>
        <footer className="dialog__foot">
          <button type="button" className="button" onClick={() => answer(false)}>
            {plain(confirm.deny) || "Cancel"}
          </button>
          <button
            type="button"
            className={`button button--${confirm.style ?? "primary"}`}
            onClick={() => answer(true)}
          >
            {plain(confirm.confirm) || "Yes"}
          </button>
        </footer>
      </div>
    </div>
  );
}
