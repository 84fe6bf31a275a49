// The icon: a ticket with its perforation, in the colour of the text around it.

const SVG = "http://www.w3.org/2000/svg";
const TICKET =
  "M3 6h14a1 1 0 0 1 1 1v1.6a1.5 1.5 0 0 0 0 2.8V13a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1v-1.6a1.5 1.5 0 0 0 0-2.8V7" +
  "a1 1 0 0 1 1-1Z";
const PERFORATION = "M12.5 6.5v1.4M12.5 9.3v1.4M12.5 12.1v1.4";

export function icon() {
  const svg = element("svg", { viewBox: "0 0 20 20", "aria-hidden": "true", fill: "none", stroke: "currentColor" });
  svg.append(element("path", { d: TICKET + PERFORATION, "stroke-width": "1.5", "stroke-linejoin": "round" }));
  return svg;
}

/** @param {string} name @param {Record<string, string>} attributes */
function element(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}
