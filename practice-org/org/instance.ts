const characters = '0123456789abcdefghijklmnopqrstuvwxyz';

/** The three characters of every Id that name the instance: orgs of different seeds have different Ids. */
export function instanceOf(seed: number): string {
  let rest = Math.abs(Math.trunc(seed)) % (characters.length * characters.length);
  let name = '';
  for (let at = 0; at < 2; at++) {
    name += characters.charAt(rest % characters.length);
    rest = Math.floor(rest / characters.length);
  }
  return `g${name}`;
}
