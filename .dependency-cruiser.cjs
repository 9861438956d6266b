const only = (name, comment, target, allowed) => ({
  name,
  comment,
  severity: 'error',
  from: { path: '^src', pathNot: allowed },
  to: { path: target },
});
const pure = '^src/(planning|metadata|features|definition|observation/question)';

/** The direction of flow, and who may touch what: see docs/DESIGN.md. */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    only(
      'one-connection',
      'Only the adapter talks to an org.',
      'node_modules/(@jsforce|@salesforce/source-deploy-retrieve)',
      '^src/org/adapter',
    ),
    only(
      'sf-plugins-core-in-commands',
      'Only commands, flags and presentation know the CLI.',
      'node_modules/@salesforce/sf-plugins-core',
      '^src/(commands|flags|presentation)',
    ),
    {
      name: 'reports-are-pure',
      severity: 'error',
      from: { path: '^src/presentation/reports' },
      to: { path: 'node_modules/@salesforce/sf-plugins-core' },
    },
    {
      name: 'pure-layers',
      comment: 'Plans, documents and features know nothing of org access, execution or the terminal.',
      severity: 'error',
      from: { path: pure },
      to: { path: '^src/(org/(adapter|port)|execution|engine|presentation|flags|commands|records)' },
    },
    {
      name: 'pure-layers-do-no-io',
      severity: 'error',
      from: { path: '^src/(planning|metadata|features)' },
      to: { path: '^(node:)?(fs|fs/promises|http|https|net|child_process)$' },
    },
    {
      name: 'planning-is-vocabulary',
      severity: 'error',
      from: { path: '^src/planning' },
      to: { path: '^src/(features|definition|observation|engine)' },
    },
    {
      name: 'engine-below-presentation',
      severity: 'error',
      from: { path: '^src/(engine|execution|observation|org|records)' },
      to: { path: '^src/(commands|presentation|flags)' },
    },
    { name: 'practice-org-stands-alone', severity: 'error', from: { path: '^practice-org' }, to: { path: '^src' } },
    { name: 'plugin-stands-alone', severity: 'error', from: { path: '^src' }, to: { path: '^(practice-org|test)' } },
    {
      name: 'no-junk-drawers',
      severity: 'error',
      from: {},
      to: { path: '/(utils|helpers|shared|common)/', pathNot: 'node_modules' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'test/tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
