import { Document, isScalar, visit } from 'yaml';
import type { Definition, GrantPart, HidePart, SharePart, UserPart } from './definition.js';
import { defaultFlagLabel, defaultLastName } from './names.js';
import { schemaUrl } from './schema.js';
import { definitionText } from './texts.js';

/** What to say above a part, and the part as an example where the definition does not have it. */
type Section = { readonly key: 'user' | 'grant' | 'hide' | 'share'; readonly value: object | null };

/** What a part can look like, for definitions that do not have it yet. */
const examples: Readonly<Record<Section['key'], object>> = {
  user: { username: 'hubspot.integration@acme.example' },
  grant: {
    objects: { Account: ['read', 'edit'], Contact: ['read'] },
    fields: { read: ['Account.*', 'Contact.Email'], edit: ['Account.Rating'] },
  },
  hide: { fields: ['Account.AnnualRevenue', 'Contact.*Phone'] },
  share: {
    flagEditors: ['ops@acme.example'],
    objects: {
      Account: { access: 'edit', flagInitially: "Industry = 'Technology'" },
      Contact: { access: 'read' },
    },
  },
};

/** A definition as commented YAML; parsing it gives the definition back. */
export function renderDefinition(definition: Definition): string {
  const integration = definition.integration ?? '';
  const { username, user, grant, hide, share } = definition;
  const sections: readonly Section[] = [
    { key: 'user', value: { username, ...(user === null ? {} : userDocument(user, integration)) } },
    { key: 'grant', value: grant === null ? null : grantDocument(grant) },
    { key: 'hide', value: hide === null ? null : hideDocument(hide) },
    { key: 'share', value: share === null ? null : shareDocument(share, integration) },
  ];
  return [
    `# yaml-language-server: $schema=${schemaUrl}\n`,
    comment(definitionText('comment.head')),
    yaml({ integration }),
    ...sections.map(({ key, value }) => `\n${comment(definitionText(`comment.${key}`))}${sectionText(key, value)}`),
  ].join('');
}

function sectionText(key: Section['key'], value: object | null): string {
  return value === null ? comment(yaml({ [key]: examples[key] })) : yaml({ [key]: value });
}

function userDocument(user: UserPart, integration: string): object {
  return {
    ...present('email', user.email),
    ...present('firstName', user.firstName),
    ...(user.lastName === defaultLastName(integration) ? {} : { lastName: user.lastName }),
    ...present('role', user.role),
    ...present('profile', user.profile),
    ...filled('permissionSets', user.permissionSets),
    ...filled('fields', user.fields),
    ...(user.reactivate ? { reactivate: true } : {}),
    ...(user.sendPasswordReset ? { sendPasswordReset: true } : {}),
  };
}

function grantDocument(grant: GrantPart): object {
  const fields = { ...filled('read', grant.readFields), ...filled('edit', grant.editFields) };
  return {
    ...present('recipe', grant.recipe),
    ...filled('objects', grant.objects),
    ...filled('fields', fields),
    ...filled('systemPermissions', grant.systemPermissions),
    ...filled('permissionSets', grant.permissionSets),
    ...(grant.allowUnfiltered ? { allowUnfiltered: true } : {}),
  };
}

function hideDocument(hide: HidePart): object {
  return {
    ...filled('fields', hide.fields),
    ...filled('securityClassification', hide.securityClassification),
    ...filled('complianceGroup', hide.complianceGroup),
    ...filled('allExcept', hide.allExcept),
  };
}

function shareDocument(share: SharePart, integration: string): object {
  const objects = share.objects.map(({ object, access, flagInitially, related }) => [
    object,
    { access, ...present('flagInitially', flagInitially), ...filled('related', related) },
  ]);
  return {
    ...(share.flagLabel === defaultFlagLabel(integration) ? {} : { flag: share.flagLabel }),
    ...filled('flagEditors', share.flagEditors),
    ...(share.manageOrganizationWideDefaults ? { organizationWideDefaults: 'manage' } : {}),
    ...filled('unfiltered', share.unfiltered),
    ...filled('addToLayouts', share.addToLayouts),
    objects: Object.fromEntries(objects) as object,
  };
}

function present(key: string, value: string | null): object {
  return value === null ? {} : { [key]: value };
}

function filled(key: string, value: object): object {
  return Object.keys(value).length === 0 ? {} : { [key]: value };
}

/** Lists and mappings up to this many characters stand on one line. */
const shortLength = 60;

/** Long lines stay lines: a folded text is easily broken by hand. */
function yaml(value: object): string {
  const document = new Document(value, { aliasDuplicateObjects: false });
  visit(document, {
    Seq: (_, list) => {
      const length = list.items.reduce<number>(
        (sum, item) => sum + (isScalar(item) ? String(item.value).length + 2 : shortLength),
        0,
      );
      if (length <= shortLength) list.flow = true;
    },
  });
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

function comment(text: string): string {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => `# ${line}`.trimEnd())
    .join('\n')
    .concat('\n');
}
