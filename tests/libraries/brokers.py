"""Message brokers, remote procedures and industrial devices."""

from .places import Place
from .registry import client


@client("confluent_kafka", "confluent-kafka")
def use_confluent_kafka(place: Place) -> None:
    from confluent_kafka.admin import AdminClient

    tls = {"security.protocol": "ssl", "ssl.ca.location": place.ca} if place.ca else {}
    AdminClient({"bootstrap.servers": place.authority, **tls}).list_topics(timeout=3)


@client("confluent_kafka error_cb", "confluent-kafka")
def use_confluent_kafka_error_cb(place: Place) -> None:
    from confluent_kafka import KafkaError, KafkaException, Producer

    def fail(error: KafkaError) -> None:
        raise KafkaException(error)

    tls = {"security.protocol": "ssl", "ssl.ca.location": place.ca} if place.ca else {}
    limits = {"socket.timeout.ms": 1000, "socket.connection.setup.timeout.ms": 1000}
    made = Producer({"bootstrap.servers": place.authority, "error_cb": fail, **limits, **tls})
    made.poll(5)


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

    # With no attempts at all it would try for ever.
    limits = {"allow_reconnect": False, "connect_timeout": 1, "max_reconnect_attempts": 1, "reconnect_time_wait": 0}
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


@client("stomp", "stomp-py", no_reply_in_time="it has no timeout")
def use_stomp(place: Place) -> None:
    import stomp

    made = stomp.Connection([(place.host, place.port)], timeout=place.timeout, reconnect_attempts_max=1)
    if place.ca:
        made.set_ssl([(place.host, place.port)], ca_certs=place.ca)
    made.connect(wait=True)


@client("amqp", "amqp")
def use_amqp(place: Place) -> None:
    from amqp import Connection

    timeouts = {"connect_timeout": place.timeout, "read_timeout": place.timeout}
    tls = {"ca_certs": place.ca, "server_hostname": place.host} if place.ca else False
    Connection(place.authority, ssl=tls, **timeouts).connect()


@client("aio_pika", "aio-pika")
async def use_aio_pika(place: Place) -> None:
    import aio_pika

    scheme = "amqps" if place.is_tls else "amqp"
    await aio_pika.connect(f"{scheme}://{place.authority}/", timeout=place.timeout, ssl_context=place.context)


@client("kombu", "kombu")
def use_kombu(place: Place) -> None:
    from kombu import Connection

    tls = {"ca_certs": place.ca, "server_hostname": place.host} if place.ca else False
    limits = {"read_timeout": place.timeout}
    with Connection(
        f"amqp://{place.authority}//", ssl=tls, connect_timeout=place.timeout, transport_options=limits
    ) as made:
        made.connect()


@client("celery", "celery")
def use_celery(place: Place) -> None:
    from celery import Celery

    made = Celery(broker=f"amqp://{place.authority}//")
    made.conf.broker_connection_timeout = place.timeout
    made.conf.broker_transport_options = {"read_timeout": place.timeout}
    if place.ca:
        made.conf.broker_use_ssl = {"ca_certs": place.ca, "server_hostname": place.host}
    made.send_task("ping", retry=False)


@client("kazoo", "kazoo")
def use_kazoo(place: Place) -> None:
    from kazoo.client import KazooClient

    tls = {"use_ssl": True, "ca": place.ca, "check_hostname": True} if place.ca else {}
    made = KazooClient(place.authority, timeout=place.timeout, **tls)
    try:
        made.start(timeout=2)
    finally:
        made.stop()


@client("pulsar", "pulsar-client")
def use_pulsar(place: Place) -> None:
    import pulsar

    scheme = "pulsar+ssl" if place.is_tls else "pulsar"
    tls = {"tls_trust_certs_file_path": place.ca, "tls_validate_hostname": True} if place.ca else {}
    limits = {"operation_timeout_seconds": 1, "connection_timeout_ms": 1000}
    pulsar.Client(f"{scheme}://{place.authority}", **limits, **tls).create_producer("topic")


@client("thrift", "thrift")
def use_thrift(place: Place) -> None:
    from thrift.transport import TSocket, TSSLSocket

    if place.context:
        made = TSSLSocket.TSSLSocket(place.host, place.port, ssl_context=place.context)
    else:
        made = TSocket.TSocket(place.host, place.port)
    made.setTimeout(1000 * place.timeout)
    made.open()
    made.write(b"ping")
    made.read(1)


@client("thriftpy2", "thriftpy2")
def use_thriftpy2(place: Place) -> None:
    from thriftpy2.transport import TSocket, TSSLSocket

    timeouts = {"connect_timeout": 1000 * place.timeout, "socket_timeout": 1000 * place.timeout}
    if place.context:
        made = TSSLSocket(place.host, place.port, ssl_context=place.context, **timeouts)
    else:
        made = TSocket(place.host, place.port, **timeouts)
    made.open()
    made.write(b"ping")
    made.read(1)


@client("rpyc", "rpyc")
def use_rpyc(place: Place) -> None:
    import rpyc
    from rpyc.core import SocketStream

    # rpyc.connect() would try six times, and rpyc.ssl_connect() verifies no name by default.
    limits = {"timeout": place.timeout, "attempts": 1}
    if place.ca:
        stream = SocketStream.ssl_connect(place.host, place.port, {"ca_certs": place.ca}, **limits)
    else:
        stream = SocketStream.connect(place.host, place.port, **limits)
    rpyc.connect_stream(stream, config={"sync_request_timeout": place.timeout}).ping()


@client("Pyro5", "Pyro5")
def use_pyro5(place: Place) -> None:
    from Pyro5 import config
    from Pyro5.client import Proxy

    config.COMMTIMEOUT = place.timeout
    config.SSL = place.is_tls
    config.SSL_CACERTS = place.ca or ""
    with Proxy(f"PYRO:object@{place.authority}") as made:
        made.ping()


@client("pymodbus", "pymodbus", tls="its blocking client cannot verify a name")
def use_pymodbus(place: Place) -> None:
    from pymodbus.client import ModbusTcpClient

    with ModbusTcpClient(place.host, port=place.port, timeout=place.timeout, retries=0) as made:
        made.read_coils(1)


@client("pymodbus asyncio", "pymodbus")
async def use_pymodbus_asyncio(place: Place) -> None:
    from pymodbus.client import AsyncModbusTcpClient, AsyncModbusTlsClient

    limits = {"timeout": place.timeout, "retries": 0, "reconnect_delay": 0}
    if place.context:
        made = AsyncModbusTlsClient(place.host, port=place.port, sslctx=place.context, **limits)
    else:
        made = AsyncModbusTcpClient(place.host, port=place.port, **limits)
    await made.connect()
    await made.read_coils(1)


@client("asyncua", "asyncua", tls="OPC UA over TCP has no TLS")
async def use_asyncua(place: Place) -> None:
    from asyncua import Client

    async with Client(f"opc.tcp://{place.authority}", timeout=place.timeout):
        pass
