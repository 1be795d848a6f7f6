// Elements of the page. All text is set as text, never as markup.

export const $ = (id) => document.getElementById(id);

/** Creates an element with attributes and children; a child that is no element becomes text. */
export function h(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

/** Creates an element of a picture. */
export function svg(tag, attributes = {}, ...children) {
  return filled(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children);
}

function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
    } else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? '' : value);
    }
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

export function setText(id, text) {
  const element = $(id);
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

/** Fills a choice, and keeps what was chosen. */
export function setOptions(select, values) {
  const present = [...select.options].map((option) => option.value);
  if (present.join('\n') !== values.join('\n')) {
    const chosen = select.value;
    select.replaceChildren(...values.map((value) => h('option', { value }, value)));
    select.value = values.includes(chosen) ? chosen : values[0] ?? '';
  }
}

let hiding;

/** Shows a short message for a while. */
export function toast(text) {
  setText('toast', text);
  $('toast').hidden = false;
  clearTimeout(hiding);
  hiding = setTimeout(() => { $('toast').hidden = true; }, 6000);
}
