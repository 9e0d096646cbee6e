/** Where the pointer is: in pixels of a chart, and of the window. */
export type PointerPlace = { x: number; y: number; clientX: number; clientY: number };

/** Where an event of the pointer happened on an element. */
export function pointerPlace(element: HTMLElement, { clientX, clientY }: MouseEvent): PointerPlace {
  const box = element.getBoundingClientRect();
  return { x: clientX - box.left, y: clientY - box.top, clientX, clientY };
}
