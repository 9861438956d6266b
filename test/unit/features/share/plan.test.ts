import { describe, expect, it } from 'vitest';
import type { SharePart } from '../../../../src/definition/definition.js';
import { permissionQuestions } from '../../../../src/features/permissions/questions.js';
import { namesFor } from '../../../../src/definition/names.js';
import { shareFeature } from '../../../../src/features/share/index.js';
import { shareQuestions } from '../../../../src/features/share/questions.js';
import { userQuestions } from '../../../../src/features/user/questions.js';
import { renderPackage } from '../../../../src/metadata/package.js';
import { ask, type Answer, type Answers, type Question, type Row } from '../../../../src/observation/question.js';
import type { Plan } from '../../../../src/planning/plan.js';
import { definitionOf, practiceUsername } from '../../../support/engine.ts';
import { sharedObject, sharePart } from '../../../support/sharing.ts';

const runner = 'admin@practice.example';

/** Answers of an org in which nothing is but what is given; everything else is answered with nothing. */
function answersOf(given: ReadonlyMap<string, unknown>): Answers {
  const empty: Readonly<Record<Question['kind'], unknown>> = {
    records: [],
    count: 0,
    describe: undefined,
    metadata: null,
    list: [],
    identity: { username: runner },
  };
  return {
    get: <Q extends Question>(question: Q) =>
      ({ ok: true, value: given.has(question.key) ? given.get(question.key) : empty[question.kind] }) as Answer<Q>,
  };
}

type Org = {
  readonly objects?: Readonly<Record<string, Row>>;
  readonly rules?: Readonly<Record<string, Row>>;
  readonly namespaces?: Readonly<Record<string, string>>;
  readonly uncounted?: boolean;
};

function planFor(share: SharePart, { objects = {}, rules = {}, namespaces = {}, uncounted = false }: Org): Plan {
  const definition = definitionOf({ share });
  const entities = Object.keys(objects).map((name) => ({
    QualifiedApiName: name,
    NamespacePrefix: namespaces[name] ?? null,
  }));
  const answers = answersOf(
    new Map<string, unknown>([
      [ask.identity.key, { username: runner }],
      [
        permissionQuestions.user(practiceUsername).key,
        [{ Id: '005000000000001AAA', Username: practiceUsername, IsActive: true }],
      ],
      [userQuestions.runner(runner).key, [{ Id: '005000000000002AAA', Username: runner, IsActive: true }]],
      [permissionQuestions.entities(Object.keys(objects)).key, entities],
      ...Object.entries(objects).map(([name, row]) => [shareQuestions.object(name).key, row] as const),
      ...Object.entries(rules).map(([name, row]) => [shareQuestions.rules(name).key, row] as const),
      ...(uncounted ? uncountedQuestions(Object.keys(objects)) : []),
    ]),
  );
  return shareFeature.plan(definition, answers);
}

function uncountedQuestions(objects: readonly string[]): ReadonlyArray<readonly [string, string]> {
  const questions = [
    shareQuestions.activePeople,
    shareQuestions.peopleWhoSeeAll,
    ...objects.map(shareQuestions.records),
  ];
  return questions.map(({ key }) => [key, 'not counted'] as const);
}

const codes = (plan: Plan): readonly string[] =>
  plan.findings.filter(({ severity }) => severity === 'error').map(({ code }) => code);
const ownMark = '[sf integration-user: "HubSpot"]';
const names = namesFor(definitionOf());
const ownRule: Row = {
  fullName: names.rule,
  accessLevel: 'Read',
  description: `Made by hand is not the same ${ownMark}`,
  label: 'Another label',
  sharedTo: { group: names.group },
  criteriaItems: { field: names.flagField, operation: 'equals', value: 'True' },
  includeRecordsOwnedByAll: 'true',
};
const ownFlag: Row = {
  fullName: names.flagField,
  type: 'Checkbox',
  defaultValue: 'false',
  description: `Ours [sf integration-user: "HubSpot"; Lead=ReadWrite]`,
};

describe('Given a custom object of a managed package', () => {
  const name = 'acme__Invoice__c';
  const share = sharePart([sharedObject(name)]);
  const metadata: Row = {
    fullName: name,
    label: 'Invoice',
    pluralLabel: 'Invoices',
    deploymentStatus: 'Deployed',
    nameField: { label: 'Number', type: 'AutoNumber', displayFormat: 'I-{0000}' },
    fields: [{ fullName: 'acme__Total__c', type: 'Currency' }],
    listViews: { fullName: 'All' },
  };

  it('When it has a default, Then its file keeps the top level, and the flag has no namespace', () => {
    const plan = planFor(share, {
      objects: { [name]: { ...metadata, sharingModel: 'ReadWrite' } },
      namespaces: { [name]: 'acme' },
    });
    const ofPhase = (phase: string) =>
      plan.changes.flatMap((change) =>
        change.phase === phase && change.effect.kind === 'deploy' ? [change.effect.component] : [],
      );
    const [, object] = renderPackage({ components: ofPhase('owd'), destroy: [] }, '66.0');
    expect({ path: object?.path, fields: ofPhase('metadata').map(({ fullName }) => fullName) }).toEqual({
      path: 'objects/acme__Invoice__c.object',
      fields: expect.arrayContaining(['acme__Invoice__c.Send_to_HubSpot__c']) as unknown,
    });
    expect(object?.content).toMatch(/<nameField>[^]*<pluralLabel>Invoices<\/pluralLabel>[^]*<sharingModel>Private</);
    expect(object?.content).not.toMatch(/<fields>|<listViews>/);
  });

  it('When its package leaves the default to nobody, Then sharing is refused and the package named', () => {
    const plan = planFor(share, { objects: { [name]: metadata }, namespaces: { [name]: 'acme' } });
    expect([codes(plan), plan.changes]).toEqual([['ManagedObject'], []]);
  });
});

describe('Given a rule of the plugin, as orgs write it back', () => {
  const lead: Row = { fullName: 'Lead', sharingModel: 'Private', fields: [ownFlag] };
  const planWith = (changes: Row): readonly string[] =>
    planFor(sharePart([sharedObject('Lead')]), {
      objects: { Lead: lead },
      rules: { Lead: { fullName: 'Lead', sharingCriteriaRules: [{ ...ownRule, ...changes }] } },
    })
      .changes.filter(({ type, effect }) => type === 'SharingCriteriaRule' && effect.kind !== 'none')
      .map(({ action }) => action);

  it.each<readonly [string, Row]>([
    ['with another label and description', {}],
    ['with the value written as 1', { criteriaItems: { field: names.flagField, operation: 'equals', value: '1' } }],
    ['with its full name', { fullName: `Lead.${names.rule}` }],
    ['with lists instead of single elements', { sharedTo: { group: [names.group] } }],
    ['in other letters', { fullName: names.rule.toUpperCase() }],
  ])('When it comes %s, Then nothing is left to do', (_title, changes) => {
    expect(planWith(changes)).toEqual([]);
  });

  it.each<readonly [string, Row, readonly string[]]>([
    ['gives another access', { accessLevel: 'Edit' }, ['update']],
    ['has another condition', { criteriaItems: { field: 'Rating', operation: 'equals', value: 'Hot' } }, ['update']],
    ['shares with somebody else', { sharedTo: { role: 'CEO' } }, ['delete', 'create']],
    ['leaves out some records', { includeRecordsOwnedByAll: 'false' }, ['delete', 'create']],
  ])('When it %s, Then it is made right', (_title, changes, actions) => {
    expect(planWith(changes)).toEqual(actions);
  });
});

describe('Given an object with 300 rules of all kinds', () => {
  it('When it is shared, Then it is refused', () => {
    const owner = Array.from({ length: 300 }, (_, index) => ({ fullName: `Rule_${index}`, sharedTo: { role: 'CEO' } }));
    const plan = planFor(sharePart([sharedObject('Lead')]), {
      objects: { Lead: { fullName: 'Lead', sharingModel: 'Private' } },
      rules: { Lead: { fullName: 'Lead', sharingOwnerRules: owner } },
    });
    expect(codes(plan)).toEqual(['TooManyRules']);
  });
});

describe('Given counts that take too long', () => {
  it('When a default would change, Then its impact says "not counted", never 0', () => {
    const plan = planFor(sharePart([sharedObject('Lead')]), {
      objects: { Lead: { fullName: 'Lead', sharingModel: 'ReadWrite', externalSharingModel: 'Private' } },
      uncounted: true,
    });
    expect(plan.impact.map(({ people, records }) => [people, records])).toEqual([['not counted', 'not counted']]);
  });
});
