/** A wrong definition, and where its problems are: "line:column path". */
export type WrongDefinition = {
  readonly title: string;
  readonly content: string | Uint8Array;
  readonly problems: readonly string[];
  readonly suggestions?: readonly string[];
};

const head = 'integration: HubSpot\nuser:\n  username: hubspot@acme.example\n';
const utf16 = Uint8Array.from([0xff, 0xfe, ...Buffer.from(head, 'utf16le')]);
const latin1 = Buffer.from(`${head}  lastName: M\u00fcl`, 'latin1');

const shape: readonly WrongDefinition[] = [
  { title: 'an empty file', content: '', problems: ['1:1 '] },
  { title: 'only comments', content: '# nothing yet\n', problems: ['1:1 '] },
  { title: 'a list', content: '- integration: HubSpot\n', problems: ['1:1 '] },
  { title: 'a plain text', content: 'HubSpot\n', problems: ['1:1 '] },
  { title: 'no integration', content: 'user: { username: a@b.example }\n', problems: ['1:1 integration'] },
  { title: 'no user', content: 'integration: HubSpot\n', problems: ['1:1 user'] },
  {
    title: 'no username',
    content: 'integration: HubSpot\nuser: { email: a@b.example }\n',
    problems: ['2:1 user.username'],
  },
  { title: 'an empty integration', content: head.replace('HubSpot', '""'), problems: ['1:14 integration'] },
  { title: 'a blank integration', content: head.replace('HubSpot', '"  "'), problems: ['1:14 integration'] },
  {
    title: 'an integration of two lines',
    content: head.replace('HubSpot', '"Hub\\nSpot"'),
    problems: ['1:14 integration'],
  },
  {
    title: 'a number as the integration',
    content: head.replace('HubSpot', '42'),
    problems: ['1:14 integration'],
    suggestions: ['"42"'],
  },
  { title: 'user as a text', content: 'integration: HubSpot\nuser: hubspot@acme.example\n', problems: ['2:7 user'] },
  { title: 'user without content', content: 'integration: HubSpot\nuser:\n', problems: ['2:1 user'] },
  { title: 'a username without @', content: head.replace('@', '.'), problems: ['3:13 user.username'] },
  {
    title: 'a username with a blank',
    content: head.replace('hubspot@', 'hub spot@'),
    problems: ['3:13 user.username'],
  },
  { title: 'an e-mail without domain', content: `${head}  email: a@b\n`, problems: ['4:10 user.email'] },
  { title: 'a role that is a label', content: `${head}  role: Sales & Ops\n`, problems: ['4:9 user.role'] },
  {
    title: 'a list as a field value',
    content: `${head}  fields: { Department: [a] }\n`,
    problems: ['4:25 user.fields.Department'],
  },
  {
    title: 'a label as a field name',
    content: `${head}  fields: { "Cost Center": a }\n`,
    problems: ['4:13 user.fields.Cost Center'],
  },
  {
    title: 'a permission as a text',
    content: `${head}grant: { objects: { Account: read } }\n`,
    problems: ['4:30 grant.objects.Account'],
    suggestions: ['[read]'],
  },
  {
    title: 'a permission that does not exist',
    content: `${head}grant: { objects: { Account: [write] } }\n`,
    problems: ['4:31 grant.objects.Account[0]'],
  },
  {
    title: 'a permission with a typing error',
    content: `${head}grant: { objects: { Account: [reed] } }\n`,
    problems: ['4:31 grant.objects.Account[0]'],
    suggestions: ['read'],
  },
  {
    title: 'a label as an object',
    content: `${head}grant: { objects: { "My Object": [read] } }\n`,
    problems: ['4:21 grant.objects.My Object'],
  },
  { title: 'objects as a list', content: `${head}grant: { objects: [Account] }\n`, problems: ['4:19 grant.objects'] },
  {
    title: 'a field without its object',
    content: `${head}grant: { fields: { read: [Rating] } }\n`,
    problems: ['4:27 grant.fields.read[0]'],
  },
  {
    title: 'a field of two dots',
    content: `${head}hide: { fields: [Contact.Account.Name] }\n`,
    problems: ['4:18 hide.fields[0]'],
  },
  {
    title: 'a pattern for objects',
    content: `${head}hide: { fields: ["*.Phone"] }\n`,
    problems: ['4:18 hide.fields[0]'],
  },
  { title: 'fields as a list', content: `${head}grant: { fields: [Account.Name] }\n`, problems: ['4:18 grant.fields'] },
  {
    title: 'a system permission by its label',
    content: `${head}grant: { systemPermissions: [View Setup] }\n`,
    problems: ['4:30 grant.systemPermissions[0]'],
  },
  {
    title: 'a permission set by its label',
    content: `${head}grant: { permissionSets: [My Set] }\n`,
    problems: ['4:27 grant.permissionSets[0]'],
  },
  { title: 'share without objects', content: `${head}share: { flag: Sync }\n`, problems: ['4:1 share.objects'] },
  { title: 'share with no object', content: `${head}share: { objects: {} }\n`, problems: ['4:19 share.objects'] },
  {
    title: 'a shared object without access',
    content: `${head}share: { objects: { Lead: {} } }\n`,
    problems: ['4:21 share.objects.Lead.access'],
  },
  {
    title: 'a shared object without content',
    content: `${head}share:\n  objects:\n    Lead:\n`,
    problems: ['6:5 share.objects.Lead'],
  },
  {
    title: 'access that does not exist',
    content: `${head}share: { objects: { Lead: { access: all } } }\n`,
    problems: ['4:37 share.objects.Lead.access'],
  },
  {
    title: 'another word for manage',
    content: `${head}share: { organizationWideDefaults: private, objects: { Lead: { access: read } } }\n`,
    problems: ['4:36 share.organizationWideDefaults'],
  },
  {
    title: 'a blank condition',
    content: `${head}share: { objects: { Lead: { access: read, flagInitially: " " } } }\n`,
    problems: ['4:58 share.objects.Lead.flagInitially'],
  },
  {
    title: 'a flag editor that is no username',
    content: `${head}share: { flagEditors: [ops], objects: { Lead: { access: read } } }\n`,
    problems: ['4:24 share.flagEditors[0]'],
  },
];

const keys: readonly WrongDefinition[] = [
  { title: 'an unknown key', content: `${head}colour: blue\n`, problems: ['4:1 colour'] },
  {
    title: 'a key with a typing error',
    content: `${head}grants: {}\n`,
    problems: ['4:1 grants'],
    suggestions: ['grant'],
  },
  {
    title: 'a key in another case',
    content: `${head}  LastName: X\n`,
    problems: ['4:3 user.LastName'],
    suggestions: ['lastName'],
  },
  {
    title: 'a key with underscores',
    content: `${head}share:\n  flag_editors: []\n  objects: { Lead: { access: read } }\n`,
    problems: ['5:3 share.flag_editors'],
    suggestions: ['flagEditors'],
  },
  {
    title: 'an unknown related object',
    content: `${head}share: { objects: { Account: { access: read, related: { Contacts: read } } } }\n`,
    problems: ['4:57 share.objects.Account.related.Contacts'],
    suggestions: ['Contact'],
  },
  { title: 'a dangerous key', content: `${head}__proto__: { admin: true }\n`, problems: ['4:1 __proto__'] },
  { title: 'a key twice', content: `${head}integration: Gong\n`, problems: ['4:1 '] },
  {
    title: 'an object twice',
    content: `${head}share: { objects: { Account: { access: read }, account: { access: edit } } }\n`,
    problems: ['4:48 '],
  },
  {
    title: 'a field twice',
    content: `${head}hide: { fields: [Account.Rating, account.rating] }\n`,
    problems: ['4:34 hide.fields[1]'],
  },
  { title: 'a number as a key', content: `${head}grant: { objects: { 1: [read] } }\n`, problems: ['4:21 '] },
  { title: 'a list as a key', content: `${head}? [a, b]\n: c\n`, problems: ['4:3 '] },
];

const contradictions: readonly WrongDefinition[] = [
  {
    title: 'a recipe that does not exist',
    content: `${head}grant: { recipe: hubsport }\n`,
    problems: ['4:18 grant.recipe'],
    suggestions: ['hubspot'],
  },
  {
    title: 'a field granted and hidden',
    content: `${head}grant: { fields: { read: [Account.Rating] } }\nhide: { fields: [account.rating] }\n`,
    problems: ['5:18 hide.fields[0]'],
  },
  {
    title: 'an object shared and unfiltered',
    content: `${head}share: { unfiltered: [lead], objects: { Lead: { access: read } } }\n`,
    problems: ['4:23 share.unfiltered[0]'],
  },
  {
    title: 'related objects of a Lead',
    content: `${head}share: { objects: { Lead: { access: read, related: { Case: read } } } }\n`,
    problems: ['4:52 share.objects.Lead.related'],
  },
  {
    title: 'a kept field of another object',
    content: `${head}hide: { allExcept: { Lead: [Account.Name] } }\n`,
    problems: ['4:29 hide.allExcept.Lead[0]'],
  },
];

const traps: readonly WrongDefinition[] = [
  {
    title: 'no for false',
    content: `${head}  reactivate: no\n`,
    problems: ['4:15 user.reactivate'],
    suggestions: ['false'],
  },
  {
    title: 'yes for true',
    content: `${head}grant: { allowUnfiltered: yes }\n`,
    problems: ['4:27 grant.allowUnfiltered'],
    suggestions: ['true'],
  },
  {
    title: 'a tab as indentation',
    content: 'integration: HubSpot\nuser:\n\tusername: a@b.example\n',
    problems: ['3:1 '],
  },
  {
    title: 'an anchor and its alias',
    content: `${head}grant: &all\n  permissionSets: [A]\nhide: *all\n`,
    problems: ['5:3 ', '6:7 '],
  },
  { title: 'a merge key', content: `${head}<<: { hide: {} }\n`, problems: ['4:1 <<'] },
  { title: 'a tag', content: `${head}  lastName: !!binary aGk=\n`, problems: ['4:22 '] },
  { title: 'two documents', content: `${head}---\n${head}`, problems: ['4:1 '] },
  { title: 'a list that is not closed', content: `${head}grant: { permissionSets: [A\n`, problems: ['5:1 ', '5:1 '] },
  { title: 'a colon in a plain text', content: `${head}  lastName: Hub: Spot\n`, problems: ['4:13 '] },
  {
    title: 'an octal-looking number as a text',
    content: `${head}  lastName: 0123\n`,
    problems: ['4:13 user.lastName'],
    suggestions: ['"123"'],
  },
  { title: 'null for a text', content: `${head}  lastName: ~\n`, problems: ['4:13 user.lastName'] },
  {
    title: 'an unset environment variable',
    content: `${head}  email: \${env:NOT_SET}\n`,
    problems: ['4:10 user.email'],
  },
  {
    title: 'an environment reference without a name',
    content: `${head}  email: \${env:}\n`,
    problems: ['4:10 user.email'],
  },
  { title: 'UTF-16', content: utf16, problems: ['1:1 '] },
  { title: 'Latin-1', content: latin1, problems: ['4:14 '] },
  { title: 'more than a megabyte', content: `${head}# ${'x'.repeat(1_000_000)}\n`, problems: ['1:1 '] },
];

const several: readonly WrongDefinition[] = [
  {
    title: 'several problems at once',
    content: 'integration: 7\nuser: { userName: x, reactivate: no }\ngrant: { objects: { Account: [reed] } }\n',
    problems: [
      '1:14 integration',
      '2:1 user.username',
      '2:9 user.userName',
      '2:34 user.reactivate',
      '3:31 grant.objects.Account[0]',
    ],
    suggestions: ['"7"', 'username', 'false', 'read'],
  },
];

export const wrongDefinitions: readonly WrongDefinition[] = [
  ...shape,
  ...keys,
  ...contradictions,
  ...traps,
  ...several,
];
