import { layoutStructures } from './layout-structures.ts';
import { messageStructures } from './message-structures.ts';
import { objectStructures } from './object-structures.ts';
import { permissionStructures } from './permission-structures.ts';
import { sharingStructures } from './sharing-structures.ts';
import { compileGrammar } from './structure.ts';

export const grammar = compileGrammar({
  ...permissionStructures,
  ...sharingStructures,
  ...objectStructures,
  ...layoutStructures,
  ...messageStructures,
});
