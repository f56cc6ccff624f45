namespace TradeSense.Engine.Values;

public enum Side { Buy, Sell }
