import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultLastName, namesOf } from '../../../src/definition/names.js';

const apiName = /^[A-Za-z](?:_?[A-Za-z0-9])*$/;

describe('names of what the plugin owns', () => {
  it('Given an ordinary integration, When named, Then the names read like it', () => {
    expect(namesOf('HubSpot')).toEqual({
      accessSet: 'HubSpot_Integration_Access',
      accessSetLabel: 'HubSpot Integration Access',
      editorSet: 'HubSpot_Flag_Editor',
      editorSetLabel: 'HubSpot Flag Editor',
      group: 'HubSpot_Integration',
      groupLabel: 'HubSpot Integration',
      flagField: 'Send_to_HubSpot__c',
      flagLabel: 'Send to HubSpot',
      rule: 'Send_to_HubSpot',
      ruleLabel: 'Send to HubSpot',
    });
  });

  it('Given a label of its own, When named, Then field and rule follow it and the rest does not', () => {
    expect(namesOf('HubSpot', 'Sync me')).toMatchObject({
      flagField: 'Sync_me__c',
      rule: 'Sync_me',
      group: 'HubSpot_Integration',
    });
  });

  it.each([
    ['Gong.io', 'Send_to_Gong_io__c'],
    ['Müller & Söhne', 'Send_to_Muller_Sohne_1794pg__c'],
    ['3CX', 'Send_to_3CX__c'],
  ])('Given %s, When named, Then its flag is %s', (integration, field) => {
    expect(namesOf(integration).flagField).toBe(field);
  });

  it.each([
    ['quotes', `O'Neil "Sync"`, 'ONeil Sync'],
    ['emoji', 'Sync 🚀', 'Sync 🛸'],
    ['letters that do not fold', '株式会社', '有限会社'],
    ['a difference beyond the limit', `${'x'.repeat(90)}a`, `${'x'.repeat(90)}b`],
  ])('Given two integrations that differ only in %s, When named, Then their names differ', (_, one, other) => {
    expect(namesOf(one).group).not.toBe(namesOf(other).group);
    expect(namesOf(one).flagField).not.toBe(namesOf(other).flagField);
  });

  it('Given any integration, When named, Then every name and label is one that Salesforce takes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 120 }), (integration) => {
        const names = namesOf(integration);
        for (const name of [names.accessSet, names.editorSet, names.group, names.rule]) {
          expect(name).toMatch(apiName);
          expect(name.length).toBeLessThanOrEqual(80);
        }
        expect(names.flagField).toMatch(/^[A-Za-z](?:_?[A-Za-z0-9]){0,39}__c$/);
        expect(names.flagField.length).toBeLessThanOrEqual(43);
        for (const label of [names.flagLabel, names.groupLabel]) expect(label.length).toBeLessThanOrEqual(40);
        for (const label of [names.accessSetLabel, names.editorSetLabel]) expect(label.length).toBeLessThanOrEqual(80);
      }),
    );
  });

  it('Given any integration, When the last name of its user is derived, Then it fits', () => {
    fc.assert(fc.property(fc.string({ maxLength: 200 }), (integration) => defaultLastName(integration).length <= 80));
  });

  it('Given any integration, When named twice, Then the names are the same', () => {
    fc.assert(
      fc.property(fc.string(), (integration) => {
        expect(namesOf(integration)).toEqual(namesOf(integration));
      }),
    );
  });
});
