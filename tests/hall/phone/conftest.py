from tests.hall.binding.conftest import house, stage, wechat, wechat_side

__all__ = ["house", "stage", "wechat", "wechat_side"]
