// A field with a list of what it finds: the ARIA pattern of a combobox with a list.

/** @typedef {{value: string, draw: () => Node[]}} Option */

/**
 * @param {HTMLInputElement} input
 * @param {HTMLElement} list
 * @param {{find: (text: string) => Promise<Option[]>, choose: (value: string) => void}} with_
 */
export function startCombobox(input, list, { find, choose }) {
  let active = -1;
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", list.id]]) {
    input.setAttribute(name ?? "", value ?? "");
  }
  list.setAttribute("role", "listbox");
  list.hidden = true;
  list.replaceChildren();
  input.setAttribute("aria-expanded", "false");

  const options = () => /** @type {HTMLElement[]} */ ([...list.children]);

  async function show() {
    const text = input.value;
    const found = await find(text);
    if (text !== input.value) return; // more was typed meanwhile
    list.replaceChildren(
      ...found.map(({ value, draw }, place) => {
        const option = document.createElement("li");
        Object.assign(option, { id: `${list.id}-${place}`, className: "choice", role: "option" });
        option.dataset.value = value;
        option.append(...draw());
        return option;
      }),
    );
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(found.length > 0));
    mark(found.length ? 0 : -1);
  }

  /** @param {number} place */
  function mark(place) {
    active = place;
    for (const [at, option] of options().entries()) option.setAttribute("aria-selected", String(at === place));
    const option = options()[place];
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  }

  /** @param {HTMLElement | undefined} option */
  function take(option) {
    if (!option?.dataset.value) return;
    const { value } = option.dataset;
    input.value = "";
    void show();
    choose(value);
  }

  input.addEventListener("input", () => void show());
  input.addEventListener("keydown", (event) => {
    const last = options().length - 1;
    const moves = /** @type {Record<string, number>} */ ({
      ArrowDown: active < last ? active + 1 : 0,
      ArrowUp: active > 0 ? active - 1 : last,
    });
    if (event.isComposing) return;
    if (event.key in moves) mark(moves[event.key] ?? 0);
    else if (event.key === "Enter") take(options()[active]);
    else if (event.key === "Escape" && input.value) {
      input.value = "";
      void show();
    } else return;
    event.preventDefault();
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
  list.addEventListener("click", ({ target }) => {
    const option = target instanceof Element && target.closest("li");
    if (option instanceof HTMLElement) take(option);
  });
}
