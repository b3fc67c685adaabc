import { useCallback, useState } from "react";
import { useSurface } from "../blocks/surface.js";
import { useConfirm } from "../overlay/Confirm.jsx";

/** What is chosen in an element, how to choose, and whether the bot is being told of it.
 *
 * In an input the bot hears of nothing until the view is submitted, unless it dispatches.
 */
export function useElement(element, blockId, field) {
  const surface = useSurface();
  const ask = useConfirm();
  const value = surface.valueOf(blockId, element);
  const tells = !field || field.dispatches;
  const [pending, setPending] = useState(0);
  const choose = useCallback(
    async (chosen, telling = true) => {
      if (tells && telling && !(await ask(element.confirm))) return;
      surface.choose(blockId, element, chosen);
      if (!tells || !telling) return;
      setPending((count) => count + 1);
      await surface.press(blockId, element, chosen);
      setPending((count) => count - 1);
    },
    [surface, ask, tells, blockId, element],
  );
  return { value, choose, busy: pending > 0, tells };
}
