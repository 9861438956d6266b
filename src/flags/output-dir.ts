import { Flags } from '@salesforce/sf-plugins-core';
import { flagTexts as texts } from './texts.js';

/** Source files instead of a deployment. */
export function outputDirFlag() {
  return Flags.directory({
    char: 'd',
    summary: texts.getMessage('output-dir.summary'),
    description: texts.getMessage('output-dir.description'),
  });
}
