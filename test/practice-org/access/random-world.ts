import fc from 'fast-check';
import type {
  Access,
  ChildName,
  Group,
  Model,
  ObjectName,
  Permission,
  Role,
  Row,
  Rule,
  Share,
  User,
  World,
} from './naive-evaluation.ts';

const roleNames = ['Top', 'Left', 'Right', 'LeftLeaf'];
const userNames = ['ann', 'bob', 'cid', 'dee', 'eve'];
const groupNames = ['Inner', 'Outer'];
const accountNames = ['a1', 'a2', 'a3'];

const access = fc.constantFrom<Access>('None', 'Read', 'Edit');
const given = fc.constantFrom('Read' as const, 'Edit' as const);
const childAccess: fc.Arbitrary<Record<ChildName, Access>> = fc.record({
  Contact: access,
  Opportunity: access,
  Case: access,
});

/** Parents come before children in the list: the hierarchy has no cycles. */
const roles: fc.Arbitrary<Role[]> = fc
  .tuple(...roleNames.map((_, index) => fc.record({ parent: fc.nat({ max: index }), children: childAccess })))
  .map((drawn) =>
    drawn.map(({ parent, children }, index) => ({
      name: roleNames[index] ?? '',
      parent: parent < index ? (roleNames[parent] ?? null) : null,
      children,
    })),
  );

const users: fc.Arbitrary<User[]> = fc
  .tuple(
    ...userNames.map(() =>
      fc.record({
        role: fc.option(fc.constantFrom(...roleNames)),
        active: fc.integer({ min: 0, max: 5 }).map((n) => n > 0),
      }),
    ),
  )
  .map((drawn) => drawn.map((user, index) => ({ name: userNames[index] ?? '', ...user })));

const person = fc.constantFrom(...userNames).map((name) => `user:${name}`);
const roleMember = fc
  .constantFrom(...roleNames)
  .chain((name) => fc.constantFrom(`role:${name}`, `roleAndSubordinates:${name}`));

const groups: fc.Arbitrary<Group[]> = fc
  .tuple(
    fc.record({ bosses: fc.boolean(), members: fc.array(fc.oneof(person, roleMember), { maxLength: 2 }) }),
    fc.record({
      bosses: fc.boolean(),
      members: fc.array(fc.oneof(person, roleMember, fc.constant('group:Inner'), fc.constant('everybody')), {
        maxLength: 2,
      }),
    }),
  )
  .map((drawn) => drawn.map((group, index) => ({ name: groupNames[index] ?? '', ...group })));

const principal = fc.oneof(
  fc.constantFrom(...groupNames).map((name) => `group:${name}`),
  roleMember,
  fc.constant('everybody'),
);

/** Combinations that the platform accepts: a Private account leaves its children no wider model. */
const models: fc.Arbitrary<Record<ObjectName, Model>> = fc
  .constantFrom<Model>('Private', 'Private', 'Read', 'ReadWrite')
  .chain((account) => {
    const wider: Model[] = account === 'Private' ? [] : ['Read', 'ReadWrite'];
    return fc.record({
      Account: fc.constant(account),
      Contact: fc.constantFrom<Model>('Private', 'ControlledByParent', ...wider),
      Opportunity: fc.constantFrom<Model>('Private', ...wider),
      Case: fc.constantFrom<Model>('Private', ...wider),
      Lead: fc.constantFrom<Model>('Private', 'Read', 'ReadWriteTransfer'),
    });
  });

const ruleShape = fc.record({
  object: fc.constantFrom<ObjectName>('Account', 'Contact', 'Opportunity', 'Case', 'Lead'),
  access: given,
  to: principal,
  from: fc.option(principal),
  children: childAccess,
});

function rulesUnder(allowed: Record<ObjectName, Model>): fc.Arbitrary<Rule[]> {
  return fc
    .array(ruleShape, { maxLength: 4 })
    .map((drawn) =>
      drawn
        .filter(({ object }) => allowed[object] === 'Private' || allowed[object] === 'Read')
        .map((rule, index) => ({ ...rule, name: `Rule${index}`, children: raised(rule.children, allowed) })),
    );
}

/** Levels of an account rule may not be below the children's defaults. */
function raised(children: Record<ChildName, Access>, allowed: Record<ObjectName, Model>): Record<ChildName, Access> {
  const least = (child: ChildName): Access => {
    if (allowed[child] === 'ReadWrite') return 'Edit';
    return allowed[child] === 'Read' && children[child] === 'None' ? 'Read' : children[child];
  };
  return { Contact: least('Contact'), Opportunity: least('Opportunity'), Case: least('Case') };
}

const content = fc.record({ owner: fc.constantFrom(...userNames), flagged: fc.boolean() });
const accounts: fc.Arbitrary<Row[]> = fc
  .tuple(...accountNames.map(() => content))
  .map((drawn) =>
    drawn.map((row, index) => ({ ...row, name: accountNames[index] ?? '', object: 'Account', account: null })),
  );

function children(object: ObjectName, prefix: string): fc.Arbitrary<Row[]> {
  const account = object === 'Lead' ? fc.constant(null) : fc.option(fc.constantFrom(...accountNames));
  return fc
    .array(fc.record({ owner: fc.constantFrom(...userNames), flagged: fc.boolean(), account }), { maxLength: 3 })
    .map((drawn) => drawn.map((row, index) => ({ ...row, name: `${prefix}${index}`, object })));
}

const shares: fc.Arbitrary<Share[]> = fc.array(
  fc.record({
    row: fc.constantFrom(...accountNames),
    to: fc.oneof(person, principal),
    access: given,
    children: childAccess.map((levels) => ({ ...levels, Contact: 'None' as const })),
  }),
  { maxLength: 2 },
);

/** Consistent as the platform keeps them: nothing without Read, View All under Modify All. */
const permission: fc.Arbitrary<Permission> = fc
  .tuple(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 0, max: 9 }))
  .map(([rights, wide]) => ({
    read: rights > 0,
    edit: rights > 2,
    remove: rights > 4,
    viewAll: rights > 0 && (wide === 9 || (wide === 8 && rights > 4)),
    modifyAll: wide === 8 && rights > 4,
  }));

const permissions: fc.Arbitrary<World['permissions']> = fc
  .tuple(
    ...userNames.map(() =>
      fc.record({
        Account: permission,
        Contact: permission,
        Opportunity: permission,
        Case: permission,
        Lead: permission,
      }),
    ),
  )
  .map((drawn) => Object.fromEntries(drawn.map((one, index) => [userNames[index] ?? '', one])));

export const worlds: fc.Arbitrary<World> = models.chain((allowed) =>
  fc
    .record({ roles, users, groups, rules: rulesUnder(allowed), shares, permissions, rows: everyRow() })
    .map((drawn) => ({ ...drawn, models: allowed })),
);

function everyRow(): fc.Arbitrary<Row[]> {
  return fc
    .tuple(
      accounts,
      children('Contact', 'c'),
      children('Opportunity', 'o'),
      children('Case', 'k'),
      children('Lead', 'l'),
    )
    .map((parts) => parts.flat());
}
