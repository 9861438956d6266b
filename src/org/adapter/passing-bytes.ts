/** So many bytes may come over a connection before their buffers are looked for; what is made of them is a few times as much. */
const mostUnlooked = 2 * 1024 * 1024;

/**
 * Of garbage outside its heap, such as a connection's buffers, V8 lets 64 MB lie before it looks for any, whatever is in use
 * (`Heap::AllocateExternalBackingStore` in heap.cc).
 */
const untilCollected = 64 * 1024 * 1024;

/** Bytes that stream by. Their buffers are collected every few megabytes: memory must not depend on how many there are. */
export class PassingBytes {
  #unlooked = 0;

  public add(bytes: number): void {
    this.#unlooked += bytes;
    if (this.#unlooked < mostUnlooked) return;
    this.#unlooked = 0;
    // Makes V8 look. Nobody writes into this memory, so that the machine never provides it.
    new ArrayBuffer(untilCollected);
  }
}
