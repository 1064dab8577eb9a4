package brimful.token;

/// How a model sees: what images cost, and how many it takes.
public record Vision(ImageTokens tokens, ImageLimits limits) {}
