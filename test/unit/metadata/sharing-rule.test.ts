import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  criteriaRule,
  flagRule,
  needsRecreation,
  parseCriteriaRule,
  parseSharingRules,
  ruleDifferences,
  type CriteriaRule,
} from '../../../src/metadata/sharing-rule.js';
import { parseXml, renderXml } from '../../../src/metadata/xml.js';
import { describeWithReference, referencePath } from '../../support/reference-data.ts';

const rule = flagRule({
  object: 'Account',
  name: 'Send',
  label: 'Send',
  description: 'Flagged records.',
  access: 'Edit',
  accountSettings: { caseAccessLevel: 'None', contactAccessLevel: 'Read', opportunityAccessLevel: 'None' },
  group: 'Ours',
  flagField: 'Send__c',
});
/** As the org answers what was deployed: the full name carries the object. */
const readBack = (written: CriteriaRule): CriteriaRule => {
  const { body, fullName } = criteriaRule(written);
  return parseCriteriaRule(written.object, { fullName, ...parseXml(renderXml('R', body)).body });
};

describe('criteria rules', () => {
  it('Given a rule, When deployed and read back, Then nothing differs', () => {
    expect(ruleDifferences(readBack(rule), rule)).toEqual([]);
  });

  it.each(['true', 'True', '1', 'TRUE'])(
    'Given the org writes the criterion %s, When compared, Then nothing differs',
    (value) => {
      const criteria = [{ field: 'send__c', operation: 'equals', value }];

      expect(ruleDifferences({ ...rule, criteria }, rule)).toEqual([]);
    },
  );

  it.each([
    ['accessLevel', { accessLevel: 'Read' }],
    [
      'accountSettings',
      { accountSettings: { caseAccessLevel: 'Read', contactAccessLevel: 'Read', opportunityAccessLevel: 'None' } },
    ],
    ['criteria', { criteria: [] }],
    ['booleanFilter', { booleanFilter: '1 OR 2' }],
    ['label', { label: 'Other' }],
  ] as const)('Given another %s, When compared, Then the rule is updated in place', (part, changed) => {
    const differences = ruleDifferences({ ...rule, ...changed }, rule);

    expect({ differences, recreated: needsRecreation(differences) }).toEqual({ differences: [part], recreated: false });
  });

  it.each([
    ['sharedTo', { sharedTo: [{ kind: 'role', name: 'CEO' }] }],
    ['includeRecordsOwnedByAll', { includeRecordsOwnedByAll: false }],
  ] as const)('Given another %s, When compared, Then the rule is deleted and made again', (part, changed) => {
    const differences = ruleDifferences({ ...rule, ...changed }, rule);

    expect({ differences, recreated: needsRecreation(differences) }).toEqual({ differences: [part], recreated: true });
  });
});

describeWithReference('criteria rules of real orgs', () => {
  const folder = referencePath('corpus', 'sharingRules') ?? '';
  const rules = readdirSync(folder).flatMap((name) =>
    parseSharingRules('Account', parseXml(readFileSync(join(folder, name), 'utf8')).body).map(
      (parsed) => [`${name} ${parsed.name}`, parsed] as const,
    ),
  );

  it('Given every rule, When built and read back, Then nothing differs', () => {
    const changed = rules.filter(([, parsed]) => ruleDifferences(readBack(parsed), parsed).length > 0);

    expect(rules.length).toBeGreaterThan(200);
    expect(changed.map(([name]) => name)).toEqual([]);
  });
});
