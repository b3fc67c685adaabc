import { useLayoutEffect, useState } from "react";

const GAP = 4;
const EDGE = 8;
const WANTED = 280;

/** Where a list stands: below its anchor, or above if there is more room; never cut off. */
export function usePopup(anchor, open, narrowest = 0) {
  const [style, setStyle] = useState({ position: "fixed", opacity: 0 });
  useLayoutEffect(() => {
    if (!open) return undefined;
    const place = () => setStyle(placed(anchor.current.getBoundingClientRect(), narrowest));
    place();
    window.addEventListener("resize", place);
    document.addEventListener("scroll", place, true);
    return () => {
      window.removeEventListener("resize", place);
      document.removeEventListener("scroll", place, true);
    };
  }, [anchor, open, narrowest]);
  return style;
}

function placed(box, narrowest) {
  const below = window.innerHeight - box.bottom - GAP - EDGE;
  const above = box.top - GAP - EDGE;
  const up = below < Math.min(WANTED, above);
  const width = Math.min(Math.max(box.width, narrowest), window.innerWidth - 2 * EDGE);
  const left = Math.max(EDGE, Math.min(box.left, window.innerWidth - width - EDGE));
  const height = Math.min(WANTED, up ? above : below);
  const side = up ? { bottom: window.innerHeight - box.top + GAP } : { top: box.bottom + GAP };
  return { position: "fixed", left, width, maxHeight: height, ...side };
}
