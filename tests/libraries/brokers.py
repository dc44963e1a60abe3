"""Message brokers, remote procedures and industrial devices."""

from .places import Place
from .registry import client


@client("confluent_kafka", "confluent-kafka")
def use_confluent_kafka(place: Place) -> None:
    from confluent_kafka.admin import AdminClient

    tls = {"security.protocol": "ssl", "ssl.ca.location": place.ca} if place.ca else {}
    AdminClient({"bootstrap.servers": place.authority, **tls}).list_topics(timeout=3)


@client("zmq", "pyzmq", tls="ZeroMQ has no TLS")
def use_zmq(place: Place) -> None:
    import zmq

    with zmq.Context() as context, context.socket(zmq.REQ) as made:
        made.setsockopt(zmq.LINGER, 0)
        made.setsockopt(zmq.RCVTIMEO, 1000)
        made.connect(f"tcp://{place.authority}")
        made.send(b"ping")
        made.recv()


@client("aiomqtt", "aiomqtt")
async def use_aiomqtt(place: Place) -> None:
    import aiomqtt

    async with aiomqtt.Client(place.host, place.port, timeout=place.timeout, tls_context=place.context):
        pass


@client("nats", "nats-py")
async def use_nats(place: Place) -> None:
    import nats

    limits = {"allow_reconnect": False, "connect_timeout": 1, "max_reconnect_attempts": 0}
    tls = {"tls": place.context, "tls_handshake_first": True} if place.context else {}
    scheme = "tls" if place.is_tls else "nats"
    await nats.connect(f"{scheme}://{place.authority}", **limits, **tls)


@client("kafka", "kafka-python")
def use_kafka(place: Place) -> None:
    from kafka import KafkaAdminClient

    tls = {"security_protocol": "SSL", "ssl_cafile": place.ca} if place.ca else {}
    KafkaAdminClient(bootstrap_servers=place.authority, bootstrap_timeout_ms=1000, request_timeout_ms=1000, **tls)


@client("aiokafka", "aiokafka")
async def use_aiokafka(place: Place) -> None:
    from aiokafka.admin import AIOKafkaAdminClient

    tls = {"security_protocol": "SSL", "ssl_context": place.context} if place.is_tls else {}
    made = AIOKafkaAdminClient(bootstrap_servers=place.authority, request_timeout_ms=1000, **tls)
    try:
        await made.start()
    finally:
        await made.close()


@client("stomp", "stomp-py")
def use_stomp(place: Place) -> None:
    import stomp

    made = stomp.Connection([(place.host, place.port)], timeout=place.timeout, reconnect_attempts_max=1)
    if place.ca:
        made.set_ssl([(place.host, place.port)], ca_certs=place.ca)
    made.connect(wait=True)
