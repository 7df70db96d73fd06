"""python3-kafka as a client of the broker under test: COMMAND ADDRESS [ARGUMENT ...]"""
import base64
import json
import sys
import threading
import time

from kafka import KafkaConsumer, KafkaProducer, TopicPartition
from kafka.admin import ConfigResource, ConfigResourceType, KafkaAdminClient, NewPartitions, NewTopic
from kafka.structs import OffsetAndMetadata

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


def producer(address, **more):
    return KafkaProducer(bootstrap_servers=address, max_request_size=MESSAGE_BYTES_MAX, **more)


def write(address, topic, codec):
    with_codec = producer(address, compression_type=None if codec == "none" else codec,
                          linger_ms=50, acks="all")
    sent = []
    for line in sys.stdin:
        message = json.loads(line)
        headers = [(name, decode(value)) for name, value in message["headers"]]
        sent.append(with_codec.send(topic, key=decode(message["key"]),
                                    value=decode(message["value"]), headers=headers, partition=0))
    with_codec.flush(PATIENCE_S)
    offsets = [future.get(PATIENCE_S).offset for future in sent]
    assert offsets == list(range(offsets[0], offsets[0] + len(sent))), offsets
    with_codec.close()


def read(address, topic, count):
    consumer = KafkaConsumer(bootstrap_servers=address, consumer_timeout_ms=PATIENCE_S * 1000,
                             enable_auto_commit=False)
    consumer.assign([TopicPartition(topic, 0)])
    consumer.seek_to_beginning()
    left = int(count)
    for message in consumer:
        print(json.dumps({"key": encode(message.key), "value": encode(message.value),
                          "headers": [[name, encode(value)] for name, value in message.headers]}))
        left -= 1
        if left == 0:
            break
    consumer.close()
    assert left == 0, f"{left} messages did not come"


def member(address, topic, group, **more):
    return KafkaConsumer(topic, bootstrap_servers=address, group_id=group,
                         auto_offset_reset="earliest", enable_auto_commit=False, **more)


def group(address):
    """Joins, commits half, leaves; the next one starts at the half; a second one shares."""
    topic, name, partitions, each = "python-kafka-group", "python-kafka-group", 4, 10
    admin = KafkaAdminClient(bootstrap_servers=address)
    admin.create_topics([NewTopic(topic, partitions, 1)])
    sender = producer(address)
    for number in range(partitions * each):
        sender.send(topic, value=b"%d" % number, partition=number % partitions)
    sender.flush(PATIENCE_S)

    def drain(consumer, count):
        got = []
        until(f"{count} messages", lambda: got.extend(
            message for batch in consumer.poll(500).values() for message in batch)
            or len(got) >= count)
        return got

    first = member(address, topic, name)
    assert len(drain(first, partitions * each)) == partitions * each
    assert len(first.assignment()) == partitions
    half = {TopicPartition(topic, p): OffsetAndMetadata(each // 2, "half") for p in range(partitions)}
    first.commit(half)
    assert all(first.committed(partition) == each // 2 for partition in half)
    first.close()

    second = member(address, topic, name)
    rest = drain(second, partitions * each // 2)
    assert sorted(message.offset for message in rest) == sorted(
        list(range(each // 2, each)) * partitions), rest

    third = member(address, topic, name)
    stop = threading.Event()
    polls = threading.Thread(target=lambda: [third.poll(100) for _ in iter(stop.is_set, True)])
    polls.start()
    until("two members share", lambda: second.poll(100) is not None
          and len(second.assignment()) == 2 and len(third.assignment()) == 2)
    assert second.assignment() | third.assignment() == set(half)
    stop.set()
    polls.join()
    third.close()
    until("one has all again", lambda: second.poll(100) is not None
          and len(second.assignment()) == partitions)
    second.close()

    assert (name, "consumer") in admin.list_consumer_groups()
    until("the group is empty", lambda: admin.describe_consumer_groups([name])[0].state == "Empty")
    offsets = admin.list_consumer_group_offsets(name)
    assert {offset.offset for offset in offsets.values()} == {each // 2}, offsets
    errors = [error.errno for _, error in admin.delete_consumer_groups([name])]
    assert errors == [0], errors


def admin(address):
    """The admin calls that this client knows."""
    topic = "python-kafka-admin"
    client = KafkaAdminClient(bootstrap_servers=address)
    client.create_topics([NewTopic(topic, 2, 1, topic_configs={"retention.ms": "3600000"})])
    assert topic in client.list_topics()
    assert len(client.describe_topics([topic])[0]["partitions"]) == 2
    client.create_partitions({topic: NewPartitions(5)})
    assert len(client.describe_topics([topic])[0]["partitions"]) == 5

    def config(name):
        response = client.describe_configs([ConfigResource(ConfigResourceType.TOPIC, topic)])[0]
        return {entry[0]: entry[1] for entry in response.resources[0][4]}[name]

    assert config("retention.ms") == "3600000"
    client.alter_configs([ConfigResource(
        ConfigResourceType.TOPIC, topic, configs={"retention.ms": "7200000"})])
    assert config("retention.ms") == "7200000"
    assert len(client.describe_cluster()["brokers"]) == 1
    client.delete_topics([topic])
    until("the topic is gone", lambda: topic not in client.list_topics())


def auto_create(address):
    """A topic that nobody made is there once somebody writes to it."""
    sender = producer(address)
    assert sender.send("python-kafka-auto", b"first").get(PATIENCE_S).offset == 0
    sender.close()


if __name__ == "__main__":
    commands = {"write": write, "read": read, "group": group, "admin": admin,
                "auto-create": auto_create}
    commands[sys.argv[1]](*sys.argv[2:])
