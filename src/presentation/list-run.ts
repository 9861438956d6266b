import type { Inventory, SortKey } from '../inventory/inventory.js';
import { takeInventory } from '../inventory/take-inventory.js';
import type { OrgPort } from '../org/port.js';
import { interruptibleLook } from './interruption.js';
import { presentable } from './presentable-error.js';
import { inventoryReport } from './reports/inventory.js';
import { readableColumns, sayLooking, type Terminal } from './terminal.js';

export type ListRun = { readonly port: OrgPort; readonly sort: SortKey; readonly verbose: boolean };

export async function listAndPresent(terminal: Terminal, { port, sort, verbose }: ListRun): Promise<Inventory> {
  sayLooking(terminal);
  try {
    const inventory = await interruptibleLook(() => takeInventory(port, sort));
    terminal.log(inventoryReport(inventory, { verbose, columns: readableColumns() }));
    return inventory;
  } catch (error) {
    throw presentable(error);
  }
}
