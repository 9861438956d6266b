import { describe, expect, it } from 'vitest';
import { texts } from '../../../src/features/verification/texts.js';
import { causes, checkIds } from '../../../src/planning/verification.js';
import { proofTexts } from '../../../src/proof/texts.js';

describe('Given what verify may say', () => {
  it.each(checkIds)('When the check is %s, Then it has a title', (id) => {
    expect(texts.text(`check.${id}`)).not.toBe('');
  });

  it.each(causes)('When rows are visible because of %s, Then it is said, with what to do', (cause) => {
    expect(proofTexts.getMessage(`visibleUnflagged.${cause}`, ['1 record', 'Account', 'through'])).toContain('Account');
    if (cause !== 'noAccount') expect(texts.text(`fix.visibleUnflagged.${cause}`)).not.toBe('');
  });

  it.each(['noAccount', 'unexplained'])(
    'When flagged rows are hidden because of %s, Then it is said, with what to do',
    (cause) => {
      expect(proofTexts.getMessage(`hiddenFlagged.${cause}`, ['1', 'Account'])).toContain('Account');
      expect(texts.text(`fix.hiddenFlagged.${cause}`)).not.toBe('');
    },
  );
});
