import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOwned, readOwnership, writeOwnership } from '../../../src/definition/ownership.js';

const integrations = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 120 }).filter((name) => name.trim() !== '');
const models = fc.array(
  fc.record({
    object: fc.constantFrom('Account', 'Contact', 'ns__Invoice__c'),
    internal: fc.constantFrom('Private', 'Read', 'ReadWrite', 'ControlledByParent'),
    external: fc.constantFrom('Private', 'Read', null),
  }),
  { maxLength: 8 },
);

describe('the mark of ownership', () => {
  it('Given a text and models, When written, Then a person can read it', () => {
    const description = writeOwnership('Tick to send the record.', 'HubSpot', 1000, [
      { object: 'Account', internal: 'ReadWrite', external: 'Private' },
      { object: 'Contact', internal: 'ControlledByParent', external: null },
    ]);

    expect(description).toBe(
      'Tick to send the record. [sf integration-user: "HubSpot"; Account=ReadWrite/Private; Contact=ControlledByParent]',
    );
  });

  it('Given any integration, When written and read, Then it is owned by it', () => {
    fc.assert(
      fc.property(integrations, (integration) => {
        expect(isOwned(writeOwnership('Text.', integration, 255), integration)).toBe(true);
      }),
    );
  });

  it('Given two integrations, When one writes, Then the other does not own it', () => {
    fc.assert(
      fc.property(integrations, integrations, (one, other) => {
        const fold = (name: string): string => name.normalize('NFC').replaceAll(/\s+/g, ' ').trim().toLowerCase();
        fc.pre(fold(one) !== fold(other));
        expect(isOwned(writeOwnership('Text.', one, 255), other)).toBe(false);
      }),
    );
  });

  it('Given any models, When written and read, Then they are the same', () => {
    fc.assert(
      fc.property(integrations, models, (integration, startingModels) => {
        const description = writeOwnership('Text.', integration, 1000, startingModels);
        expect(readOwnership(description)?.startingModels).toEqual(startingModels);
      }),
    );
  });

  it('Given any text, When written, Then it fits and the mark is whole', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 400 }), integrations, models, (text, integration, startingModels) => {
        const description = writeOwnership(text.replaceAll('[', ''), integration, 255, startingModels);
        expect(description.length).toBeLessThanOrEqual(255);
        expect(isOwned(description, integration)).toBe(true);
      }),
    );
  });

  it.each([null, undefined, '', 'Made by hand.', '[sf integration-user: HubSpot]'])(
    'Given %j, When read, Then nobody owns it',
    (description) => {
      expect(readOwnership(description)).toBeNull();
    },
  );

  it('Given a description that the org wrapped, When read, Then the mark is still found', () => {
    expect(isOwned('Text.\n[sf integration-user:\n"HubSpot"]', 'hubspot')).toBe(true);
  });
});
