import { textOf, type ObjectRule } from '../object-rule.ts';
import { recordSetupChange } from '../setup-audit.ts';
import { recordById } from '../table-rows.ts';

/** Freezing keeps the seat and the assignments; it only stops the user from logging in (Object Reference, UserLogin). */
export const userLoginRule: ObjectRule = {
  afterUpdate({ org, caller }, login, previous) {
    if (!('IsFrozen' in previous)) return;
    const user = recordById(org, 'User', login.get('UserId'));
    const isFrozen = login.get('IsFrozen') === true;
    recordSetupChange(org, caller, {
      action: isFrozen ? 'frozeuser' : 'unfrozeuser',
      section: 'Manage Users',
      display: `${isFrozen ? 'Froze' : 'Unfroze'} user ${user ? textOf(user, 'Name') : ''}`,
    });
  },
};
