"""python3-confluent-kafka as a client of the broker under test: COMMAND ADDRESS [ARGUMENT ...]"""
import base64
import json
import sys
import time

from confluent_kafka import Consumer, OFFSET_BEGINNING, Producer, TopicPartition
from confluent_kafka.admin import AdminClient, ConfigResource, NewPartitions, NewTopic

PATIENCE_S = 60
MESSAGE_BYTES_MAX = 2_000_000


def encode(data):
    return None if data is None else base64.b64encode(data).decode()


def decode(text):
    return None if text is None else base64.b64decode(text)


def until(what, holds):
    deadline = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < deadline, "not in time: " + what


def delivered(sent):
    def report(error, message):
        assert error is None, error
        sent.append(message.offset())
    return report


def produce(producer, topic, value, sent, **more):
    producer.produce(topic, value, on_delivery=delivered(sent), **more)


def write(address, topic, codec):
    producer = Producer({"bootstrap.servers": address, "compression.type": codec, "linger.ms": 50,
                         "message.max.bytes": MESSAGE_BYTES_MAX})
    sent, count = [], 0
    for line in sys.stdin:
        message = json.loads(line)
        headers = [(name, decode(value)) for name, value in message["headers"]]
        produce(producer, topic, decode(message["value"]), sent, key=decode(message["key"]),
                headers=headers, partition=0)
        count += 1
    assert producer.flush(PATIENCE_S) == 0
    assert sent == list(range(sent[0], sent[0] + count)), sent


def read(address, topic, count):
    consumer = Consumer({"bootstrap.servers": address, "group.id": "reads-" + topic,
                         "enable.auto.commit": False})
    consumer.assign([TopicPartition(topic, 0, OFFSET_BEGINNING)])
    for _ in range(int(count)):
        message = consumer.poll(PATIENCE_S)
        assert message is not None and message.error() is None, message and message.error()
        print(json.dumps({
            "key": encode(message.key()), "value": encode(message.value()),
            "headers": [[name, encode(value)] for name, value in message.headers() or []]}))
    consumer.close()


def done(futures):
    return {name: future.result(PATIENCE_S) for name, future in futures.items()}


def create(address, topic, partitions):
    client = AdminClient({"bootstrap.servers": address})
    done(client.create_topics([NewTopic(topic, partitions, 1)]))


def member(address, group, topic, **more):
    consumer = Consumer({"bootstrap.servers": address, "group.id": group,
                         "auto.offset.reset": "earliest", "enable.auto.commit": False,
                         "session.timeout.ms": 6000, **more})
    consumer.subscribe([topic])
    return consumer


def group(address):
    """Joins, commits half, leaves; the next one starts at the half; a second one shares."""
    topic, name, partitions, each = "python-confluent-group", "python-confluent-group", 4, 10
    create(address, topic, partitions)
    producer, sent = Producer({"bootstrap.servers": address}), []
    for number in range(partitions * each):
        produce(producer, topic, b"%d" % number, sent, partition=number % partitions)
    assert producer.flush(PATIENCE_S) == 0

    def drain(consumer, count):
        got = []

        def more():
            message = consumer.poll(0.5)
            if message is not None and message.error() is None:
                got.append((message.partition(), message.offset()))
            return len(got) >= count
        until(f"{count} messages", more)
        return got

    first = member(address, name, topic)
    assert len(drain(first, partitions * each)) == partitions * each
    assert len(first.assignment()) == partitions
    half = [TopicPartition(topic, partition, each // 2) for partition in range(partitions)]
    first.commit(offsets=half, asynchronous=False)
    committed = first.committed([TopicPartition(topic, p) for p in range(partitions)], PATIENCE_S)
    assert {partition.offset for partition in committed} == {each // 2}, committed
    first.close()

    second = member(address, name, topic)
    rest = drain(second, partitions * each // 2)
    assert sorted(rest) == sorted((p, o) for p in range(partitions)
                                  for o in range(each // 2, each)), rest
    third = member(address, name, topic)
    until("two members share", lambda: [second.poll(0.1), third.poll(0.1)] is not None
          and len(second.assignment()) == 2 and len(third.assignment()) == 2)
    third.close()
    until("one has all again", lambda: [second.poll(0.1)] is not None
          and len(second.assignment()) == partitions)
    second.close()


def static(address):
    """A static member that comes back has its partitions, and nobody else was asked to move."""
    topic, name, partitions = "python-confluent-static", "python-confluent-static", 4
    create(address, topic, partitions)

    def instance(number, rebalances):
        consumer = Consumer({"bootstrap.servers": address, "group.id": name,
                             "group.instance.id": f"instance-{number}",
                             "session.timeout.ms": 30000})
        consumer.subscribe([topic], on_assign=lambda _, assigned: rebalances.append(assigned))
        return consumer

    seen_first, seen_second, seen_again = [], [], []
    first, second = instance(1, seen_first), instance(2, seen_second)
    until("two static members share", lambda: [first.poll(0.1), second.poll(0.1)] is not None
          and len(first.assignment()) == 2 and len(second.assignment()) == 2)
    held = {partition.partition for partition in second.assignment()}
    assignments = len(seen_first)
    second.close()
    again = instance(2, seen_again)
    until("it is back", lambda: [first.poll(0.1), again.poll(0.1)] is not None
          and len(again.assignment()) == 2)
    assert {partition.partition for partition in again.assignment()} == held
    assert len(seen_first) == assignments, "the other member was rebalanced"
    first.close()
    again.close()


def admin(address):
    """The admin calls that this version knows."""
    topic = "python-confluent-admin"
    client = AdminClient({"bootstrap.servers": address})
    done(client.create_topics([NewTopic(topic, 2, 1, config={"retention.ms": "3600000"})]))

    def partitions():
        return len(client.list_topics(topic, PATIENCE_S).topics[topic].partitions)

    until("two partitions", lambda: partitions() == 2)
    done(client.create_partitions([NewPartitions(topic, 5)]))
    until("five partitions", lambda: partitions() == 5)

    def config(name):
        resource = ConfigResource(ConfigResource.Type.TOPIC, topic)
        return client.describe_configs([resource])[resource].result(PATIENCE_S)[name].value

    assert config("retention.ms") == "3600000"
    done(client.alter_configs([ConfigResource(
        ConfigResource.Type.TOPIC, topic, set_config={"retention.ms": "7200000"})]))
    assert config("retention.ms") == "7200000"
    client.list_groups(timeout=PATIENCE_S)
    done(client.delete_topics([topic]))
    until("the topic is gone", lambda: topic not in client.list_topics(timeout=PATIENCE_S).topics)


def auto_create(address):
    """A topic that nobody made is there once somebody writes to it."""
    producer, sent = Producer({"bootstrap.servers": address}), []
    produce(producer, "python-confluent-auto", b"first", sent)
    assert producer.flush(PATIENCE_S) == 0 and sent == [0], sent


if __name__ == "__main__":
    commands = {"write": write, "read": read, "group": group, "static": static, "admin": admin,
                "auto-create": auto_create}
    commands[sys.argv[1]](*sys.argv[2:])
