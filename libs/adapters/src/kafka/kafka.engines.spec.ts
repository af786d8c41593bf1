import { eventBusContract } from '@onedoor/testkit';
import { kafkaWorld } from '../../test/kafka-world.js';

eventBusContract('kafka', async () => {
  const world = kafkaWorld();
  let data = await world.open();
  return {
    bus: data.bus,
    reopen: async () => {
      await data.close();
      data = await world.open();
      return data.bus;
    },
    close: () => world.close(),
  };
});
