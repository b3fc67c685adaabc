import { useMemo } from "react";
import { collect } from "../elements/values.js";
import { useWorkspace } from "../workspace/context.js";
import { Surface } from "./surface.js";

const NO_ERRORS = {};

/** Lets the elements of a message or of a view send what one does with them. */
export function SurfaceProvider({ message, view, filled, errors = NO_ERRORS, onTouch, children }) {
  const { post } = useWorkspace();
  const { valueOf, choose } = filled;
  const surface = useMemo(() => {
    const where = { message: message?.id ?? null, view: view?.id ?? null };
    const values = () => (view ? { values: collect(view.blocks, valueOf) } : {});
    return {
      errors,
      valueOf,
      choose(blockId, element, value) {
        onTouch?.(blockId);
        choose(blockId, element, value);
      },
      press(blockId, element, chosen) {
        const ids = { block_id: blockId, action_id: element.action_id };
        return post("press", { ...where, ...ids, ...values(), ...chosen });
      },
      async options(blockId, element, typed) {
        const ids = { block_id: blockId, action_id: element.action_id };
        const answer = await post("options", { ...where, ...ids, value: typed });
        return answer.options ?? [];
      },
    };
  }, [message?.id, view, errors, valueOf, choose, onTouch, post]);
  return <Surface.Provider value={surface}>{children}</Surface.Provider>;
}
