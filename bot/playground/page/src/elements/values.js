// What an element's payload says was chosen, and what it says at first.
// https://docs.slack.dev/reference/block-kit/block-elements

const MANY = new Set(["checkboxes", "multi_static_select", "multi_external_select"]);
const ONE = new Set(["static_select", "external_select", "radio_buttons"]);
const TEXT = new Set(["plain_text_input", "email_text_input", "url_text_input", "number_input"]);

/** Undefined for an element that keeps nothing, such as a button. */
export function initialValue(element) {
  const { type } = element;
  if (MANY.has(type)) return { selected_options: element.initial_options ?? [] };
  if (ONE.has(type)) return { selected_option: element.initial_option ?? null };
  if (TEXT.has(type)) return { value: element.initial_value ?? null };
  if (type === "conversations_select") {
    return { selected_conversation: element.initial_conversation };
  }
  if (type === "timepicker") return { selected_time: element.initial_time ?? null };
  if (type === "datepicker") return { selected_date: element.initial_date ?? null };
  return undefined;
}

/** The state of a view: {block_id: {action_id: {type, what was chosen}}}. */
export function collect(blocks, valueOf) {
  const values = {};
  forEachElement(blocks, (element, blockId) => {
    if (initialValue(element) === undefined) return;
    const { type, ...chosen } = valueOf(blockId, element);
    values[blockId] = {
      ...values[blockId],
      [element.action_id]: { type: element.type, ...chosen },
    };
  });
  return values;
}

/** The block_ids of the inputs that must be filled in and are not. */
export function missing(blocks, valueOf) {
  const found = [];
  blocks.forEach((block, place) => {
    if (block.type !== "input" || block.optional) return;
    const blockId = block.block_id ?? String(place);
    if (isEmpty(valueOf(blockId, block.element))) found.push(blockId);
  });
  return found;
}

function forEachElement(blocks, visit) {
  blocks.forEach((block, place) => {
    const elements = [...(block.type === "actions" ? block.elements : [])];
    if (block.element) elements.push(block.element);
    if (block.accessory) elements.push(block.accessory);
    elements.forEach((element) => visit(element, block.block_id ?? String(place)));
  });
}

function isEmpty(value) {
  const chosen = Object.entries(value ?? {}).find(([name]) => name !== "type")?.[1];
  return chosen == null || chosen === "" || (Array.isArray(chosen) && !chosen.length);
}
