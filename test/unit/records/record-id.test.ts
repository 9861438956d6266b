import { describe, expect, it } from 'vitest';
import { recordIdOf } from '../../../src/records/record-id.js';

// The pair of 15 and 18 characters is that of https://developer.salesforce.com/docs/marketing/marketing-cloud/guide/longsfid.html
describe('Given a text that may be a record Id', () => {
  it.each([
    ['has 15 characters', '0036000000QKv5T', '0036000000QKv5T'],
    ['has 18, and the last three suit the others', '0036000000QKv5TAAT', '0036000000QKv5TAAT'],
    ['has only its suffix in lower case', '0036000000QKv5Taat', '0036000000QKv5TAAT'],
    ['was written in lower case', '0036000000qkv5taat', '0036000000QKv5TAAT'],
    ['was written in upper case', '0036000000QKV5TAAT', '0036000000QKv5TAAT'],
  ])('When it %s, Then it is the Id', (_, text, id) => {
    expect(recordIdOf(text)).toBe(id);
  });

  it.each([
    ['has a suffix of another Id', '0036000000QKv5TAAS'],
    ['has a suffix that speaks of letters where digits are', '001g10000000001ZZZ'],
    ['has a suffix with a character that none has', '0036000000qkv5tAA9'],
    ['is longer than 15 and shorter than 18 characters', '0036000000QKv5TI'],
    ['has other signs', "0036000000QKv'T"],
  ])('When it %s, Then it is none', (_, text) => {
    expect(recordIdOf(text)).toBeNull();
  });
});
