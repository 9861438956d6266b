import { answerOr, ask, type Answers } from '../../observation/question.js';

/** Lists of metadata percent-encode what a file name cannot hold: "Account-Account %28Sales%29 Layout". */
export function decodedName(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** The layout's name as the Metadata API spells it. */
export function listedName(answers: Answers, name: string): string {
  return answerOr(answers, ask.list('Layout'), []).find((listed) => decodedName(listed) === decodedName(name)) ?? name;
}
