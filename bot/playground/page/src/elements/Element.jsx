import { ButtonElement } from "./ButtonElement.jsx";
import { Choices } from "./Choices.jsx";
import { ConversationSelect } from "./ConversationSelect.jsx";
import { FeedbackButtons, IconButton } from "./ContextButtons.jsx";
import { Overflow } from "./Overflow.jsx";
import { Picker } from "./Picker.jsx";
import { SelectElement } from "./SelectElement.jsx";
import { TextInput } from "./TextInput.jsx";
import { Picture } from "../blocks/Picture.jsx";

const KINDS = {
  button: ButtonElement,
  icon_button: IconButton,
  feedback_buttons: FeedbackButtons,
  checkboxes: Choices,
  radio_buttons: Choices,
  datepicker: Picker,
  timepicker: Picker,
  static_select: SelectElement,
  external_select: SelectElement,
  conversations_select: ConversationSelect,
  multi_static_select: SelectElement,
  multi_external_select: SelectElement,
  overflow: Overflow,
  plain_text_input: TextInput,
  email_text_input: TextInput,
  url_text_input: TextInput,
  number_input: TextInput,
};

/** One element. `field` tells an input's label and state, `about` the text it stands next to. */
export function Element({ element, blockId, field, about }) {
  if (element.type === "image") return <Picture image={element} />;
  const Kind = KINDS[element.type];
  if (!Kind) return <p className="unknown">The playground can't show {element.type} elements.</p>;
  return <Kind element={element} blockId={blockId} field={field} about={about} />;
}
