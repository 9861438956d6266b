/** Control characters, escape sequences and direction marks could rewrite what stands on the terminal. */
const escapeSequence = /\u001B(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001B]*(?:\u0007|\u001B\\)?|[@-Z\\-_])/g;
const invisible = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;
const lineBreaks = /\r\n|[\u2028\u2029]/g;

/** A value from outside as text, and nothing but text. Lines stay lines. */
export function plainText(text: string): string {
  return text.replace(lineBreaks, '\n').replace(escapeSequence, '').replace(invisible, '');
}

export function plainLine(text: string): string {
  return plainText(text).replace(/\s*[\n\t]\s*/g, ' ');
}
