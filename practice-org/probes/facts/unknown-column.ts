import { describeAnswer } from '../probe-api.ts';
import type { Probe } from '../probe.ts';

export const unknownColumn: Probe = {
  fact: 'The refusal of an unknown column ends with advice about __c, as that of an unknown object does',
  source: 'Recorded answers show the beginning of the text only.',
  readOnly: true,
  ask: async (api) => {
    const answer = describeAnswer(await api.query('SELECT Id, Fullnam FROM Account'));
    return answer.split('\n').at(-1) ?? answer;
  },
  expected:
    "No such column 'Fullnam' on entity 'Account'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.",
};
