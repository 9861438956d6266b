import type { Probe } from '../probe.ts';

export const addressLength: Probe = {
  fact: 'An address of more than 16,384 bytes is refused with 414 or 431',
  source: 'Help article 000386264.',
  readOnly: true,
  ask: async (api) => {
    const { status } = await api.query(`SELECT Id FROM Account WHERE Name = '${'x'.repeat(17_000)}'`);
    return status === 414 || status === 431 ? '414 or 431' : String(status);
  },
  expected: '414 or 431',
};
