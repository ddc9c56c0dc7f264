// HybridModels
