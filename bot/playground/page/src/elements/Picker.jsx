import { plain } from "../text/plain.js";
import { useElement } from "./useElement.js";

const KINDS = {
  timepicker: { type: "time", name: "selected_time", label: "Time" },
  datepicker: { type: "date", name: "selected_date", label: "Date" },
};

/** A time or a date, with the browser's own picker. */
export function Picker({ element, blockId, field, about }) {
  const { value, choose, busy } = useElement(element, blockId, field);
  const { type, name, label } = KINDS[element.type];
  return (
    <span className="picker">
      <input
        type={type}
        className="text-field"
        id={field?.id}
        aria-label={field ? undefined : plain(element.placeholder) || about || label}
        aria-describedby={field?.describedBy}
        aria-invalid={field?.invalid || undefined}
        aria-busy={busy}
        value={value[name] ?? ""}
        onChange={(event) => choose({ [name]: event.target.value || null })}
      />
      {element.timezone && <span className="picker__zone">{element.timezone}</span>}
    </span>
  );
}
