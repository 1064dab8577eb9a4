package brimful.kafka;

/// The same with the broker that people deploy.
final class ContainerTopicsTest extends TopicsContract {

  @Override
  String bootstrap() {
    return Brokers.container();
  }
}
