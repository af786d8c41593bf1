/**
 * Does something with each item, so many at a time. After a failure no further item is begun, and those that were are waited for:
 * nothing goes on behind the caller's back. Then the first failure is thrown.
 */
export async function sideBySide<Item>(items: readonly Item[], atOnce: number, act: (item: Item) => Promise<void>): Promise<void> {
  const left = [...items].reverse();
  const takeItems = async (): Promise<void> => {
    try {
      for (let item = left.pop(); item !== undefined; item = left.pop()) await act(item);
    } catch (error) {
      left.length = 0;
      throw error;
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: Math.min(atOnce, items.length) }, takeItems));
  for (const end of ended) if (end.status === 'rejected') throw end.reason;
}
