// kafkajs as a client of the broker under test: COMMAND ADDRESS [ARGUMENT ...]
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';

const require = createRequire(import.meta.url);
const { Kafka, CompressionTypes, CompressionCodecs, ConfigResourceTypes, logLevel } =
  require('kafkajs');
const lz4 = require('lz4-napi');
const { ZstdCodec } = require('zstd-codec');

const patienceMs = 60_000;
const codecs = { none: 0, gzip: 1, snappy: 2, lz4: 3, zstd: 4 };

CompressionCodecs[CompressionTypes.Snappy] = require('kafkajs-snappy');
CompressionCodecs[CompressionTypes.LZ4] = () => ({
  compress: (encoder) => lz4.compressFrame(encoder.buffer),
  decompress: (buffer) => lz4.decompressFrame(buffer),
});
const zstd = await new Promise((resolve) => ZstdCodec.run(resolve));
CompressionCodecs[CompressionTypes.ZSTD] = () => ({
  compress: async (encoder) => Buffer.from(new zstd.Simple().compress(encoder.buffer)),
  decompress: async (buffer) => Buffer.from(new zstd.Streaming().decompress(buffer)),
});

const encode = (bytes) => (bytes === null || bytes === undefined ? null : bytes.toString('base64'));
const decode = (base64) => (base64 === null ? null : Buffer.from(base64, 'base64'));
const client = (address) =>
  new Kafka({ brokers: [address], clientId: 'interop', logLevel: logLevel.ERROR });

async function until(what, holds) {
  const deadline = performance.now() + patienceMs;
  while (!(await holds())) {
    assert.ok(performance.now() < deadline, `not in time: ${what}`);
    await pause(50);
  }
}

async function producing(address, work, options = {}) {
  const producer = client(address).producer(options);
  await producer.connect();
  await work(producer);
  await producer.disconnect();
}

async function administering(address, work) {
  const admin = client(address).admin();
  await admin.connect();
  await work(admin);
  await admin.disconnect();
}

function gather(headers) {
  const gathered = {};
  for (const [name, value] of headers) (gathered[name] ??= []).push(decode(value));
  return gathered;
}

async function write(address, topic, codec) {
  const lines = (await text(process.stdin)).split('\n').filter((line) => line !== '');
  const messages = lines.map((line) => JSON.parse(line)).map(({ key, value, headers }) => ({
    key: decode(key), value: decode(value), headers: gather(headers), partition: 0,
  }));
  await producing(address, (producer) =>
    producer.send({ topic, messages, acks: -1, compression: codecs[codec] }));
}

function spread(headers) {
  return Object.entries(headers ?? {}).flatMap(([name, value]) =>
    [value].flat().map((each) => [name, encode(each)]));
}

// kafkajs has no reading by assignment: a group of its own, new for each topic.
async function read(address, topic, count) {
  const lines = [];
  const consumer = client(address).consumer({ groupId: `reads-${topic}`, maxBytes: 50_000_000 });
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    eachMessage: async ({ message: { key, value, headers } }) => {
      lines.push(JSON.stringify({
        key: encode(key), value: encode(value), headers: spread(headers),
      }));
    },
  });
  await until(`${count} messages`, () => lines.length >= Number(count));
  await consumer.disconnect();
  console.log(lines.slice(0, Number(count)).join('\n'));
}

async function member(address, groupId, topic, got) {
  const consumer = client(address).consumer({ groupId, rebalanceTimeout: 10_000 });
  const state = { consumer, assigned: [] };
  consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
    state.assigned = payload.memberAssignment[topic] ?? [];
  });
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    eachMessage: async ({ partition, message }) => { got.push([partition, Number(message.offset)]); },
  });
  return state;
}

// Joins, commits half, leaves; the next one starts at the half; a second one shares.
async function group(address) {
  const topic = 'kafkajs-group', name = 'kafkajs-group', partitions = 4, each = 10;
  await administering(address, async (admin) => {
    await admin.createTopics({ topics: [{ topic, numPartitions: partitions }] });
    await producing(address, (producer) => producer.send({
      topic,
      messages: Array.from({ length: partitions * each },
        (_, number) => ({ value: `${number}`, partition: number % partitions })),
    }));
    const all = [];
    const first = await member(address, name, topic, all);
    await until('all messages', () => all.length === partitions * each);
    await first.consumer.commitOffsets(Array.from({ length: partitions },
      (_, partition) => ({ topic, partition, offset: `${each / 2}` })));
    await first.consumer.disconnect();

    const rest = [];
    const second = await member(address, name, topic, rest);
    await until('the other half', () => rest.length >= partitions * each / 2);
    assert.equal(rest.length, partitions * each / 2);
    assert.ok(rest.every(([, offset]) => offset >= each / 2));
    const third = await member(address, name, topic, []);
    await until('two members share',
      () => second.assigned.length === 2 && third.assigned.length === 2);
    const { groups } = await admin.describeGroups([name]);
    assert.equal(groups[0].members.length, 2);
    assert.ok((await admin.listGroups()).groups.some(({ groupId }) => groupId === name));
    await third.consumer.disconnect();
    await until('one has all again', () => second.assigned.length === partitions);
    await second.consumer.disconnect();

    const [fetched] = await admin.fetchOffsets({ groupId: name, topics: [topic] });
    assert.ok(fetched.partitions.every(({ offset }) => offset === `${each / 2}`));
    await admin.setOffsets({ groupId: name, topic, partitions: [{ partition: 1, offset: '3' }] });
    const [changed] = await admin.fetchOffsets({ groupId: name, topics: [topic] });
    assert.equal(changed.partitions.find(({ partition }) => partition === 1).offset, '3');
    await admin.deleteGroups([name]);
    assert.ok(!(await admin.listGroups()).groups.some(({ groupId }) => groupId === name));
  });
}

async function config(admin, topic, name) {
  const { resources } = await admin.describeConfigs({
    resources: [{ type: ConfigResourceTypes.TOPIC, name: topic, configNames: [name] }],
    includeSynonyms: false,
  });
  return resources[0].configEntries.find((entry) => entry.configName === name).configValue;
}

async function admin(address) {
  const topic = 'kafkajs-admin';
  await administering(address, async (admin) => {
    const configEntries = [{ name: 'retention.ms', value: '3600000' }];
    assert.ok(await admin.createTopics({ topics: [{ topic, numPartitions: 2, configEntries }] }));
    assert.ok(!(await admin.createTopics({ topics: [{ topic, numPartitions: 2 }] })));
    assert.ok((await admin.listTopics()).includes(topic));
    await admin.createPartitions({ topicPartitions: [{ topic, count: 5 }] });
    const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
    assert.equal(topics[0].partitions.length, 5);

    assert.equal(await config(admin, topic, 'retention.ms'), '3600000');
    await admin.alterConfigs({
      validateOnly: false,
      resources: [{ type: ConfigResourceTypes.TOPIC, name: topic,
        configEntries: [{ name: 'retention.ms', value: '7200000' }] }],
    });
    assert.equal(await config(admin, topic, 'retention.ms'), '7200000');

    const messages = Array.from({ length: 10 },
      (_, at) => ({ value: `${at}`, partition: 0, timestamp: `${1_000_000 + at * 1_000}` }));
    await producing(address, (producer) => producer.send({ topic, messages }));
    const byTime = await admin.fetchTopicOffsetsByTimestamp(topic, 1_004_500);
    assert.equal(byTime.find(({ partition }) => partition === 0).offset, '5');
    await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: '4' }] });
    const [{ low, high }] = (await admin.fetchTopicOffsets(topic))
      .filter(({ partition }) => partition === 0);
    assert.deepEqual([low, high], ['4', '10']);

    assert.equal((await admin.describeCluster()).brokers.length, 1);
    await admin.deleteTopics({ topics: [topic] });
    await until('the topic is gone', async () => !(await admin.listTopics()).includes(topic));
  });
}

async function idempotent(address) {
  const topic = 'kafkajs-idempotent';
  await producing(address, async (producer) => {
    for (let round = 0; round < 20; round++) {
      const [{ baseOffset }] = await producer.send({
        topic, messages: [{ value: `${round}`, partition: 0 }], acks: -1,
      });
      assert.equal(baseOffset, `${round}`);
    }
  }, { idempotent: true, maxInFlightRequests: 1 });
}

async function autoCreate(address) {
  await producing(address, async (producer) => {
    const [{ baseOffset }] = await producer.send({
      topic: 'kafkajs-auto', messages: [{ value: 'first' }],
    });
    assert.equal(baseOffset, '0');
  }, { allowAutoTopicCreation: true });
}

const commands = { write, read, group, admin, idempotent, 'auto-create': autoCreate };
const [command, ...rest] = process.argv.slice(2);
await commands[command](...rest);
