package brimful.kafka;

final class DevBrokerTopicsTest extends TopicsContract {

  @Override
  String bootstrap() {
    return Brokers.dev().bootstrap();
  }
}
