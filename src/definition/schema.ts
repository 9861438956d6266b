import { z } from 'zod';

/** Where editors find the schema; the line that `init` writes. */
export const schemaUrl = 'https://unpkg.com/sf-plugin-integration-user/schemas/definition.schema.json';

/** Parts of names as Salesforce allows them. */
const name = String.raw`[A-Za-z](?:_?[A-Za-z0-9])*`;
const objectName = String.raw`(?:${name}__)?${name}(?:__\w{1,4})?`;
/** Control characters; written out because editors read patterns without Unicode classes. */
const control = String.raw`\u0000-\u001F\u007F-\u009F`;
const namePattern = String.raw`[A-Za-z*][\w*]*`;

/** Text shapes; the keys name the message that tells what is expected. */
const shapes = {
  plainText: String.raw`[^${control}]*[^${control}\s][^${control}]*`,
  username: String.raw`[^\s@${control}]+@[^\s@${control}]+\.[^\s@${control}]+`,
  email: String.raw`[^\s@${control}]+@[^\s@${control}]+\.[^\s@${control}]+`,
  apiName: String.raw`(?:${name}__)?${name}`,
  objectName,
  userField: String.raw`[A-Za-z]\w*`,
  fieldName: String.raw`${objectName}\.[A-Za-z]\w*`,
  fieldPattern: String.raw`${objectName}\.${namePattern}`,
  condition: String.raw`[\s\S]*\S[\s\S]*`,
} as const;
export type Shape = keyof typeof shapes;

/** A reference that is resolved before the text is checked, so that the published schema accepts it too. */
const environmentReference = String.raw`[\s\S]*\$\{env:[^}]*\}[\s\S]*`;

function text(shape: Shape) {
  return z.string().regex(new RegExp(`^(?:${shapes[shape]}|${environmentReference})$`, 'u'), { error: shape });
}

const list = (shape: Shape) => z.array(text(shape));

const user = z.strictObject({
  username: text('username').describe('Username of the integration user, unique across all Salesforce orgs.'),
  email: text('email').optional().describe('E-mail address; needed when the user does not exist yet.'),
  firstName: text('plainText').optional(),
  lastName: text('plainText').optional().describe('Default: "<integration> Integration".'),
  role: text('apiName').optional().describe('DeveloperName of the role. Everybody above it sees what the user sees.'),
  profile: text('plainText').optional().describe('Name of the profile. Default: found by the integration licence.'),
  permissionSets: list('apiName')
    .optional()
    .describe('Existing permission sets and permission set groups, assigned as they are.'),
  fields: z
    .record(text('userField'), z.union([z.string(), z.number(), z.boolean(), z.null()]))
    .optional()
    .describe('Any other field of User.'),
  reactivate: z.boolean().optional().describe('Whether an inactive user of that name is activated again.'),
  sendPasswordReset: z.boolean().optional().describe('Whether a new user gets a mail to set a password.'),
});

const grant = z.strictObject({
  recipe: text('plainText').optional().describe('A vendor recipe to start from; what follows adds to it.'),
  objects: z
    .record(text('objectName'), z.array(z.enum(['read', 'create', 'edit', 'delete'])))
    .optional()
    .describe('Object → what the user may do. Each brings what it depends on.'),
  fields: z
    .strictObject({ read: list('fieldPattern').optional(), edit: list('fieldPattern').optional() })
    .optional()
    .describe('Fields or patterns such as Account.*, expanded when the plan is made.'),
  systemPermissions: list('apiName').optional(),
  permissionSets: list('apiName').optional().describe('Existing permission sets, assigned as they are.'),
  allowUnfiltered: z.boolean().optional().describe('Consent to grants that void the filter by flag.'),
});

const hide = z.strictObject({
  fields: list('fieldPattern').optional(),
  securityClassification: list('plainText').optional().describe('Hide fields of these data sensitivity levels.'),
  complianceGroup: list('plainText').optional().describe('Hide fields of these compliance categories.'),
  allExcept: z
    .record(text('objectName'), list('fieldPattern'))
    .optional()
    .describe('Object → the only fields that stay visible.'),
});

const related = z.enum(['none', 'read', 'edit']);
const sharedObject = z.strictObject({
  access: z.enum(['read', 'edit']),
  flagInitially: text('condition')
    .optional()
    .describe('SOQL condition of the records flagged at the start, while the rule does not exist yet.'),
  related: z
    .strictObject({ Contact: related.optional(), Opportunity: related.optional(), Case: related.optional() })
    .optional()
    .describe('Account only: access to the related records of a flagged Account. Default: none.'),
});

const share = z.strictObject({
  flag: text('plainText').optional().describe('Label of the checkbox. Default: "Send to <integration>".'),
  flagEditors: list('username').optional().describe('Usernames of the people who may tick the flag.'),
  organizationWideDefaults: z
    .literal('manage')
    .optional()
    .describe('Consent, in the reviewed file, to set and keep organization-wide defaults Private.'),
  unfiltered: list('objectName').optional().describe('Objects that may be readable without a flag.'),
  addToLayouts: list('plainText').optional().describe('Page layouts to add the flag to.'),
  objects: z.record(text('objectName'), sharedObject),
});

export const definitionSchema = z
  .strictObject({
    $schema: z.string().optional(),
    integration: text('plainText').describe('Name of the third-party system; names everything that is made for it.'),
    user,
    grant: grant.optional(),
    hide: hide.optional(),
    share: share.optional(),
  })
  .describe('An integration user: what it may do, which fields are hidden from it, and which records it sees.');

export type DefinitionDocument = z.infer<typeof definitionSchema>;

/** The JSON Schema in schemas/; draft 7 is what editors know. */
export function publishedSchema(): Readonly<Record<string, unknown>> {
  const { $schema, ...schema } = z.toJSONSchema(definitionSchema, { target: 'draft-7', io: 'input' });
  return { $schema, $id: schemaUrl, title: 'sf integration-user definition', ...schema };
}
