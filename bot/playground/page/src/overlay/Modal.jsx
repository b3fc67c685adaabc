import { useCallback, useEffect, useRef, useState } from "react";
import { Blocks } from "../blocks/Blocks.jsx";
import { SurfaceProvider } from "../blocks/SurfaceProvider.jsx";
import { useFilled } from "../blocks/useFilled.js";
import { collect, missing } from "../elements/values.js";
import { BotFace } from "../shell/Avatar.jsx";
import { CloseIcon, Spinner } from "../shell/icons.jsx";
import { plain } from "../text/plain.js";
import { useBusy } from "../workspace/useBusy.js";
import { useWorkspace } from "../workspace/context.js";
import { useEscape } from "./useEscape.js";
import { focusIn, keepInside, useFocus } from "./useFocus.js";

const FIELDS = ".dialog__body :is(input, textarea, button:not(.pill))";
const REQUIRED = "Please fill this in.";

/** The modals on top of each other; those below keep what was filled in. */
export function Modals({ stack }) {
  return stack.map((view, place) => (
    <Modal key={view.id} view={view} stack={stack} onTop={place === stack.length - 1} />
  ));
}

function Modal({ view, stack, onTop }) {
  const { post } = useWorkspace();
  const filled = useFilled(view.state?.values);
  const [errors, setErrors] = useState({});
  const forgive = useCallback((blockId) => setErrors((before) => without(before, blockId)), []);
  const close = async (views) => {
    for (const each of views) await post("close", { view: each.id });
  };
  const [busy, submit] = useBusy(
    useCallback(async () => {
      const empty = missing(view.blocks, filled.valueOf);
      setErrors(Object.fromEntries(empty.map((blockId) => [blockId, REQUIRED])));
      if (empty.length) return;
      const values = collect(view.blocks, filled.valueOf);
      const answer = await post("submit", { view: view.id, values });
      setErrors(answer.errors ?? {});
    }, [post, view, filled.valueOf]),
  );
  if (!onTop) return null;
  return (
    <Dialog
      view={view}
      busy={busy}
      submit={submit}
      errors={errors}
      cancel={() => close([view])}
      closeAll={() => close([...stack].reverse())}
    >
      <SurfaceProvider view={view} filled={filled} errors={errors} onTouch={forgive}>
        <Blocks blocks={view.blocks} />
      </SurfaceProvider>
    </Dialog>
  );
}

function Dialog({ view, busy, submit, errors, cancel, closeAll, children }) {
  const box = useRef(null);
  const title = plain(view.title);
  useFocus(box, FIELDS);
  useEscape(true, cancel);
  useEffect(() => {
    const at = document.activeElement;
    const idle = at === document.body || at === box.current || at?.closest(".dialog__head");
    if (idle) focusIn(box.current, FIELDS);
  }, [view.hash]);
  useEffect(() => {
    const wrong = box.current.querySelector(".input--wrong");
    if (wrong) focusIn(wrong, "input, textarea");
  }, [errors]);
  const onSubmit = (event) => {
    event.preventDefault();
    if (view.submit) submit();
  };
  return (
    <div className="veil">
      <div
        ref={box}
        className="dialog"
        role="dialog"
        aria-modal="true"
        aria-label={title}
        tabIndex={-1}
        onKeyDown={keepInside}
      >
        <form className="dialog__form" noValidate onSubmit={onSubmit}>
          <header className="dialog__head">
            <BotFace />
            <h2>{title}</h2>
            <button
              type="button"
              className="icon-button"
              aria-label="Close dialog"
              onClick={closeAll}
            >
              <CloseIcon />
            </button>
          </header>
          <div className="dialog__body">{children}</div>
          <footer className="dialog__foot">
            <button type="button" className="button button--large" onClick={cancel}>
              {plain(view.close) || "Cancel"}
            </button>
            {view.submit && (
              <button
                type="submit"
                className="button button--large button--primary"
                aria-busy={busy}
                aria-disabled={busy}
              >
                <span className="button__text">{plain(view.submit)}</span>
                {busy && <Spinner />}
              </button>
            )}
          </footer>
        </form>
      </div>
    </div>
  );
}

function without(errors, blockId) {
  if (!(blockId in errors)) return errors;
  const { [blockId]: _, ...others } = errors;
  return others;
}
