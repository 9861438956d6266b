import { describe, expect, it } from 'vitest';
import { resolveReferences } from '../../../practice-org/rest/composite-references.ts';

const answers = new Map<string, unknown>([
  ['user', { id: '005A', success: true }],
  ['found', { totalSize: 1, records: [{ Id: '00eB', Profile: { Name: 'X' } }] }],
]);

describe('Given references to earlier subrequests', () => {
  it.each([
    ['a field', '@{user.id}', '005A'],
    ['a field in another case', '@{user.Id}', '005A'],
    ['a field of a row', '@{found.records[0].Id}', '00eB'],
    ['a field of a parent', '@{found.records[0].Profile.Name}', 'X'],
    ['several in one text', '/x/@{user.id}/@{found.totalSize}', '/x/005A/1'],
  ])('when the text names %s, then its value stands there', (_what, text, value) => {
    expect(resolveReferences({ nested: [text] }, answers)).toEqual({ nested: [value] });
  });

  it('when there is no such value, then the subrequest is halted', () => {
    expect(() => resolveReferences('@{user.name}', answers)).toThrow(
      'Invalid reference specified. No value for user.name found in user',
    );
  });
});
