import { SfError } from '@salesforce/core/sfError';
import { describe, expect, it } from 'vitest';
import { toSharePart } from '../../../src/flags/shared-objects.js';

const flags = (sobjects: readonly string[], flagInitially: readonly string[] = []) => ({
  integration: 'HubSpot',
  sobjects,
  flagLabel: undefined,
  flagInitially,
  flagEditors: [],
  addToLayouts: [],
});

describe('Given the flags of share-by-flag', () => {
  it('When objects come with an access and a condition, Then each has its own, and read is the default', () => {
    const part = toSharePart(flags(['Account:edit', 'Contact'], ["account:Name LIKE 'A:%'"]));
    expect({ label: part.flagLabel, objects: part.objects }).toEqual({
      label: 'Send to HubSpot',
      objects: [
        { object: 'Account', access: 'edit', flagInitially: "Name LIKE 'A:%'", related: {} },
        { object: 'Contact', access: 'read', flagInitially: null, related: {} },
      ],
    });
  });

  it.each<readonly [string, readonly string[], readonly string[], string]>([
    ['an access that doesn’t exist', ['Account:delete'], [], 'ObjectAccessExpectedError'],
    ['something that is no object', ['Account; DROP'], [], 'ObjectAccessExpectedError'],
    ['an object twice', ['Account', 'account:edit'], [], 'ObjectGivenTwiceError'],
    ['a condition without an object', ['Account'], ['Name = null'], 'ConditionExpectedError'],
    ['a condition of an object that isn’t shared', ['Account'], ['Lead:Name = null'], 'ConditionWithoutObjectError'],
  ])('When %s is given, Then it is refused with what to do', (_title, sobjects, conditions, name) => {
    const attempt = (): unknown => toSharePart(flags(sobjects, conditions));
    expect(attempt).toThrow(SfError);
    expect(attempt).toThrow(expect.objectContaining({ name, actions: [expect.any(String)] }) as Error);
  });
});
