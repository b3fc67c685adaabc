import { useCallback, useState } from "react";
import { useSurface } from "../blocks/surface.js";
import { useConfirm } from "../overlay/Confirm.jsx";
import { Spinner, ThumbDownIcon, ThumbUpIcon, TrashIcon } from "../shell/icons.jsx";
import { plain } from "../text/plain.js";
import { useBusy } from "../workspace/useBusy.js";
import { useWorkspace } from "../workspace/context.js";

/** Thumbs up and down, of which the one pressed stays marked, as Slack does it. */
export function FeedbackButtons({ element, blockId }) {
  const [pressed, setPressed] = useState(null);
  const sides = [
    ["positive", element.positive_button, <ThumbUpIcon />],
    ["negative", element.negative_button, <ThumbDownIcon />],
  ];
  return sides.map(([side, button, icon]) => (
    <ContextButton
      key={side}
      element={{ ...button, action_id: element.action_id }}
      blockId={blockId}
      icon={icon}
      pressed={pressed === side}
      onPress={() => setPressed(side)}
    />
  ));
}

/** An icon that only those see whom it names, or everybody if it names nobody. */
export function IconButton({ element, blockId }) {
  const { me } = useWorkspace();
  const seenBy = element.visible_to_user_ids;
  if (seenBy && !seenBy.includes(me.id)) return null;
  return <ContextButton element={element} blockId={blockId} icon={<TrashIcon />} />;
}

function ContextButton({ element, blockId, icon, pressed, onPress }) {
  const surface = useSurface();
  const ask = useConfirm();
  const { text, value, accessibility_label: label, confirm } = element;
  const name = plain(label ? { text: label, emoji: false } : text);
  const [busy, tell] = useBusy(
    useCallback(
      () => surface.press(blockId, element, value === undefined ? {} : { value }),
      [surface, blockId, element, value],
    ),
  );
  const press = async () => {
    if (busy || !(await ask(confirm))) return;
    onPress?.();
    await tell();
  };
  return (
    <button
      type="button"
      className="context-button"
      aria-label={name}
      title={name}
      aria-pressed={pressed}
      aria-busy={busy}
      aria-disabled={busy}
      onClick={press}
    >
      {busy ? <Spinner /> : icon}
    </button>
  );
}
