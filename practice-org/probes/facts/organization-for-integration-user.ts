import { describeAnswer, isObject, NotAskable } from '../probe-api.ts';
import type { Probe } from '../probe.ts';

export const organizationForIntegrationUser: Probe = {
  fact: 'A user with the profile "Minimum Access - API Only Integrations" and nothing else cannot query Organization',
  source: 'One tool reports INVALID_TYPE. To be asked with such a user as the target org.',
  readOnly: true,
  ask: async (api) => {
    const { body } = await api.get('/services/oauth2/userinfo');
    const userId = isObject(body) ? String(body['user_id']) : '';
    const rows = await api.rows(`SELECT Profile.UserLicense.Name FROM User WHERE Id = '${userId}'`);
    if (!JSON.stringify(rows).includes('"Salesforce Integration"')) {
      throw new NotAskable('the user is not on the Salesforce Integration licence');
    }
    return describeAnswer(await api.query('SELECT Id FROM Organization')).replace(/:.*/s, '');
  },
  expected: '400 INVALID_TYPE',
};
