/** A file inside the page itself, for links that save what was shown. */
export function dataUrl(mediaType: string, base64: string): string {
  return `data:${mediaType};base64,${base64}`;
}

/** The DER of a PEM text with one block, base64. */
export function derBase64(pem: string): string {
  return pem.replace(/-----[^-]+-----|\s/g, "");
}

/** Hands bytes that came as base64 to the browser as a file. */
export function saveFile(fileName: string, mediaType: string, base64: string): void {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const url = URL.createObjectURL(new Blob([bytes], { type: mediaType }));
  const link = document.createElement("a");
  link.href = url;
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
