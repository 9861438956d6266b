import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Definition, ObjectOperation, SharedObject } from '../../src/definition/definition.js';
import { parseDefinition } from '../../src/definition/parse.js';
import { renderDefinition } from '../../src/definition/render.js';
import { describeUser } from '../../src/engine/definition-of-user.js';
import { createOrgPort } from '../../src/org/adapter/connection-port.js';
import { applyDefinition } from '../support/apply.ts';
import { userPart } from '../support/engine.ts';
import { connectTo } from '../support/login.ts';
import { startPracticeServer } from '../support/practice-server.ts';

/** Each run starts an org and applies to it twice: a sample in every test run, all of them in the exhaustive one. */
const runs = process.env['EXHAUSTIVE'] === undefined ? 6 : 50;

const objects = ['Account', 'Contact', 'Lead', 'Opportunity', 'Case'] as const;
const fieldsOf = {
  Account: ['Rating', 'Industry', 'Phone', 'AnnualRevenue', 'Website'],
  Contact: ['Email', 'Phone', 'Title', 'Department'],
  Lead: ['Rating', 'Phone', 'Industry'],
  Opportunity: ['Amount', 'NextStep'],
  Case: ['Subject', 'Description'],
} as const;
const operations = fc.uniqueArray(fc.constantFrom<ObjectOperation>('read', 'create', 'edit', 'delete'), {
  minLength: 1,
});
const related = fc.record(
  { Opportunity: fc.constantFrom('read', 'edit', 'none'), Case: fc.constantFrom('read', 'none') },
  { requiredKeys: [] },
);
const shared = (object: string): fc.Arbitrary<SharedObject> =>
  fc.record({
    object: fc.constant(object),
    access: fc.constantFrom('read', 'edit'),
    flagInitially: fc.constantFrom(null, 'IsDeleted = false'),
    related: object === 'Account' ? related : fc.constant({}),
  });

/** Every granted object is shared, or allowed to be unfiltered: anything else is refused. */
const definitions: fc.Arbitrary<Definition> = fc
  .record({
    integration: fc.constantFrom('HubSpot', 'Gong.io', 'Müller & Söhne', `O'Neil "Sync" 🚀`, 'x'.repeat(60)),
    granted: fc.uniqueArray(fc.constantFrom(...objects), { minLength: 1 }),
    flagLabel: fc.constantFrom(null, 'Sync me', 'A label that is much longer than any label may be in Salesforce'),
    editors: fc.boolean(),
    hide: fc.boolean(),
    sharing: fc.boolean(),
  })
  .chain(({ integration, granted, flagLabel, editors, hide, sharing }) =>
    fc
      .record({
        operations: fc.tuple(...granted.map(() => operations)),
        readFields: fc.subarray(granted.flatMap((object) => fieldsOf[object].map((field) => `${object}.${field}`))),
        patterns: fc.subarray(granted.map((object) => `${object}.*`)),
        editFields: fc.subarray(granted.map((object) => `${object}.${fieldsOf[object][0]}`)),
        hidden: fc.subarray(granted.map((object) => `${object}.*${fieldsOf[object][1]}`)),
        sharedObjects: fc
          .subarray([...granted], { minLength: 1 })
          .chain((chosen) => fc.tuple(...chosen.map(shared)).map((list): readonly SharedObject[] => list)),
        systemPermissions: fc.subarray(['ViewSetup', 'RunReports']),
      })
      .map((parts) => ({
        integration,
        username: 'integration@acme.example',
        user: userPart({ lastName: 'Integration' }),
        grant: {
          recipe: null,
          objects: Object.fromEntries(granted.map((object, index) => [object, parts.operations[index] ?? ['read']])),
          readFields: [...parts.readFields, ...parts.patterns],
          editFields: parts.editFields,
          systemPermissions: parts.systemPermissions,
          permissionSets: [],
          allowUnfiltered: !sharing,
        },
        hide: hide ? { fields: parts.hidden, securityClassification: [], complianceGroup: [], allExcept: {} } : null,
        share: sharing
          ? {
              flagLabel: flagLabel ?? `Send to ${integration}`,
              flagEditors: editors ? ['clara.ojeda@practice.example'] : [],
              manageOrganizationWideDefaults: true,
              unfiltered: granted.filter((object) => !parts.sharedObjects.some((item) => item.object === object)),
              objects: parts.sharedObjects,
              addToLayouts: [],
            }
          : null,
      })),
  );

it(
  'Given any definition that was applied, When the user is read back, Then applying what was read plans nothing',
  async () => {
    await fc.assert(
      fc.asyncProperty(definitions, async (definition) => {
        const server = await startPracticeServer({ records: 4 });
        try {
          const connection = await connectTo(server);
          const { result, exitCode } = await applyDefinition(connection, definition);
          const described = await describeUser(
            { username: definition.username, integration: null },
            createOrgPort(connection),
          );
          if (described === null) throw new Error('the user was not described');
          const written = parseDefinition(new TextEncoder().encode(renderDefinition(described.definition)), {
            environment: {},
          });

          expect({
            exitCode,
            unfinished: result.changes.filter(({ status }) => status !== 'applied' && status !== 'unchanged'),
            pending: described.pending,
            errors: described.findings,
            written: written.ok ? written.definition : written.problems,
          }).toEqual({ exitCode: 0, unfinished: [], pending: [], errors: [], written: described.definition });
        } finally {
          await server.close();
        }
      }),
      { numRuns: runs },
    );
  },
  runs * 30_000,
);
