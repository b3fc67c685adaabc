import { Fragment } from "react";
import { Element } from "../elements/Element.jsx";
import { plain } from "../text/plain.js";
import { Boundary } from "./Boundary.jsx";
import { Drawn } from "./Drawn.jsx";
import { InputBlock } from "./InputBlock.jsx";
import { Picture } from "./Picture.jsx";
import { RichText } from "./RichText.jsx";
import { neutral } from "./neutral.js";

const KINDS = {
  actions: Actions,
  context: Context,
  context_actions: ContextActions,
  header: Header,
  image: ImageBlock,
  input: InputBlock,
  section: Section,
};
const BY_LIBRARY = new Set([
  "alert",
  "card",
  "carousel",
  "divider",
  "markdown",
  "plan",
  "rich_text",
  "table",
  "task_card",
]);

/** Blocks of a message or a view; one without a block_id goes by its place. */
export function Blocks({ blocks }) {
  return (
    <div className="blocks">
      {blocks.map((block, place) => {
        const blockId = block.block_id ?? String(place);
        return (
          <Boundary key={`${block.type} ${blockId}`} kind={block.type}>
            <Block block={block} blockId={blockId} />
          </Boundary>
        );
      })}
    </div>
  );
}

function Block({ block, blockId }) {
  const Kind = KINDS[block.type];
  if (Kind) return <Kind block={block} blockId={blockId} />;
  if (BY_LIBRARY.has(block.type)) return <Drawn blocks={[neutral(block)]} />;
  return <p className="unknown">The playground can't show {block.type} blocks.</p>;
}

function Header({ block }) {
  return <h3 className="block-header">{plain(block.text)}</h3>;
}

function Section({ block, blockId }) {
  const { text, fields, accessory } = block;
  return (
    <div className={accessory ? `section section--${accessory.type}` : "section"}>
      <div className="section__text">
        {text && <RichText object={text} />}
        {fields && (
          <div className="section__fields">
            {fields.map((field, place) => (
              <RichText key={place} object={field} />
            ))}
          </div>
        )}
      </div>
      {accessory && (
        <div className="section__accessory">
          <Element element={accessory} blockId={blockId} about={text && plain(text)} />
        </div>
      )}
    </div>
  );
}

function Context({ block }) {
  return (
    <div className="context">
      {block.elements.map((element, place) => (
        <Fragment key={place}>
          {element.type === "image" ? <Picture image={element} /> : <RichText object={element} />}
        </Fragment>
      ))}
    </div>
  );
}

function Actions({ block, blockId }) {
  return (
    <div className="actions">
      {block.elements.map((element, place) => (
        <Element key={element.action_id ?? place} element={element} blockId={blockId} />
      ))}
    </div>
  );
}

function ContextActions({ block, blockId }) {
  return (
    <div className="context-actions">
      {block.elements.map((element, place) => (
        <Element key={element.action_id ?? place} element={element} blockId={blockId} />
      ))}
    </div>
  );
}

function ImageBlock({ block }) {
  return (
    <figure className="image-block">
      {block.title && <figcaption>{plain(block.title)}</figcaption>}
      <Picture image={block} />
    </figure>
  );
}
