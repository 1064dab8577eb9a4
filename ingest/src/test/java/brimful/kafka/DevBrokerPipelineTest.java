package brimful.kafka;

/// The pipeline on the broker in this JVM.
final class DevBrokerPipelineTest extends PipelineContract {
  @Override
  String broker() {
    return Brokers.dev().bootstrap();
  }
}
