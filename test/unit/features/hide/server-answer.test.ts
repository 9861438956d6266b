import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hideQuestions } from '../../../../src/features/hide/hide-questions.js';
import { disagreements, serverQuestions } from '../../../../src/features/hide/server-answer.js';
import type { HideState } from '../../../../src/features/hide/state.js';
import type { HeldPermissions, PermissionSource } from '../../../../src/features/permissions/held-permissions.js';
import { permissionQuestions } from '../../../../src/features/permissions/questions.js';
import type { RecordsQuestion } from '../../../../src/observation/question.js';
import { KnownAnswers } from '../../../support/answers.ts';
import { definitionOf, practiceUsername } from '../../../support/engine.ts';

const userId = '005000000000001AAA';
const source: PermissionSource = {
  id: '0PS1',
  assignmentId: '0Pa1',
  kind: 'permissionSet',
  name: 'Reader',
  label: 'Reader',
  description: '',
  sessionBased: false,
  upToDate: true,
  profileId: null,
  systemPermissions: new Set(),
};
const readsAccounts: HeldPermissions = {
  sources: [source],
  objects: [
    {
      source,
      object: 'Account',
      read: true,
      create: false,
      edit: false,
      delete: false,
      viewAllRecords: false,
      modifyAllRecords: false,
      viewAllFields: false,
    },
  ],
  fields: [],
  rowsByField: new Map(),
};

/** Hidden fields of accounts, and what the org says of their definitions. */
function stateOf(names: readonly string[], durableId = (name: string): string => `Account.${name}`) {
  const answers = new KnownAnswers().know(permissionQuestions.user(practiceUsername), [{ Id: userId }]).know(
    hideQuestions.classification('Account'),
    names.map((name) => ({ QualifiedApiName: name, DurableId: durableId(name) })),
  );
  const fields = names.map((name) => `Account.${name}`);
  return { answers, state: { definition: definitionOf(), answers, held: readsAccounts, fields } satisfies HideState };
}

function accessQueries(state: HideState): readonly RecordsQuestion[] {
  return serverQuestions(state).filter(
    (question): question is RecordsQuestion =>
      question.kind === 'records' && question.soql.includes('FROM UserFieldAccess'),
  );
}

describe('Given fields that nobody gives any more', () => {
  it('When the server says that one is still accessible, Then this one is reported', () => {
    const { answers, state } = stateOf(['Rating', 'Custom__c'], (name) =>
      name === 'Rating' ? 'Account.Rating' : '01I1.00N1',
    );
    for (const question of accessQueries(state)) {
      answers.know(question, [
        { DurableId: `Account.Rating.${userId}`, IsAccessible: false },
        { DurableId: `01I1.00N1.${userId}`, IsAccessible: true },
      ]);
    }
    expect(disagreements(state).map(({ code, subject }) => `${code} ${subject}`)).toEqual([
      'ServerSaysVisible Account.Custom__c',
    ]);
  });

  it('When the server names a custom field by 18 characters, Then this one is reported, too', () => {
    const { answers, state } = stateOf(['Custom__c'], () => '01Ig10000000001.00Ng10000000001');
    for (const question of accessQueries(state)) {
      answers.know(question, [
        { DurableId: `01Ig10000000001EAA.00Ng10000000001EAA.${userId.slice(0, 15)}`, IsAccessible: true },
      ]);
    }
    expect(disagreements(state).map(({ subject }) => subject)).toEqual(['Account.Custom__c']);
  });

  it('When there are very many, Then only the first are compared, and that is said', () => {
    const { state } = stateOf(Array.from({ length: 1_200 }, (_, index) => `Field_${index}__c`));
    expect(disagreements(state).map(({ code }) => code)).toEqual(['ComparedInPart']);
  });

  it('When the server is asked, Then each field is asked once, and every question fits into a URI', () => {
    const names = fc.uniqueArray(fc.stringMatching(/^[A-Za-z]{1,40}$/), { maxLength: 600 });
    fc.assert(
      fc.property(names, (list) => {
        const queries = accessQueries(stateOf(list).state).map(({ soql }) => soql);
        const asked = queries.flatMap((soql) => soql.match(/Account\.\w+\.005\w+/g) ?? []);
        expect(asked).toEqual(list.map((name) => `Account.${name}.${userId}`));
        expect(Math.max(0, ...queries.map((soql) => encodeURIComponent(soql).length))).toBeLessThan(12_000);
      }),
      { numRuns: 30 },
    );
  });
});
